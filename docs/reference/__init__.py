"""What does the code itself say of settings, fields, commands, templates and problems?"""
