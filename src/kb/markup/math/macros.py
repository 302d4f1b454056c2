"""Which commands are the engine's own under another name?"""

MACROS = {
    "dotsb": r"\cdots", "dotsm": r"\cdots", "dotsi": r"\cdots", "dotsc": r"\ldots",
    "dotso": r"\ldots", "mathellipsis": r"\ldots", "centerdot": r"\cdot",
    "smallsetminus": r"\setminus", "intop": r"\int", "smallint": r"\int",
    "thicksim": r"\sim", "thickapprox": r"\approx", "shortmid": r"\mid",
    "shortparallel": r"\parallel", "nshortmid": r"\nmid", "nshortparallel": r"\nparallel",
    "sdot": r"\cdot", "varpropto": r"\propto", "smallfrown": r"\frown",
    "smallsmile": r"\smile", "mathbbm": r"\mathbb{#1}", "mathds": r"\mathbb{#1}",
    "mathnormal": "#1", "mathsfit": r"\mathsf{#1}", "vcenter": "#1", "mathrlap": "#1",
    "mathllap": "#1", "mathclap": "#1", "rlap": r"\text{#1}", "llap": r"\text{#1}",
    "clap": r"\text{#1}", "cancelto": r"\cancel{#2}^{#1}", "bold": r"\mathbf{#1}",
    "argmax": r"\operatorname*{arg\,max}", "argmin": r"\operatorname*{arg\,min}",
    "softmax": r"\operatorname{softmax}", "KL": r"\operatorname{KL}",
    "varinjlim": r"\underset{\rightarrow}{\lim}", "varprojlim": r"\underset{\leftarrow}{\lim}",
    "varliminf": r"\underline{\lim}", "varlimsup": r"\overline{\lim}",
    "xrightleftarrows": r"\xrightleftharpoons{#1}", "underlinesegment": r"\underline{#1}",
    "overlinesegment": r"\overline{#1}", "minuso": r"\ominus", "surd": r"\text{√}",
    "displaylines": r"\begin{gathered}#1\end{gathered}",
    "eqalign": r"\begin{aligned}#1\end{aligned}",
    "TeX": r"\text{TeX}", "LaTeX": r"\text{LaTeX}", "KaTeX": r"\text{KaTeX}",
}  # fmt: skip
"""A macro of the engine's for each."""
