"""What opens untrusted files; it runs in a child process with limits only (`saraban.child`)."""
