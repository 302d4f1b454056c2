"""How do articles leave a project, and come into another, without a loss?"""
