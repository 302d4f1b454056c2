"""How do transmissions become article records?"""
