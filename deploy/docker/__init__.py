"""The images, and what docker-compose.yml needs beside them: `python3 -m deploy.docker.environment` writes `.env`."""
