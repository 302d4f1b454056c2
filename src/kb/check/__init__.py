"""What is wrong with a project and its site before a reader finds it?"""
