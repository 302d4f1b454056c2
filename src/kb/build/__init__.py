"""How does a library become a published site: plan, compare, render, publish?"""
