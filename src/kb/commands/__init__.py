"""What does each command do: read, ask, write, report?"""
