"""The intranet window: web pages and the JSON API. HTTP only: every rule lives in a service, reached by RPC.

app.py makes the Flask application, window.py holds what a request needs, session.py knows who asks, calls.py speaks to
the services, problems.py turns errors into answers, api/ has a file per act of `/api/v1`, pages/ a file per page.
"""
