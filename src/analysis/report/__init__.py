"""From a survey folder to the briefing and the shared pages, doing again only what has changed.

The way of a report:
    notebooks  which notebooks, what they are called, what each is told
    inputs     what each file of the report is made from: a digest per input
    stamp      what the files in a folder were made from, and why one is not current
    state      a report compared with its inputs, and described
    steps      the jobs that are done in processes of their own
    pages      the front page and the page in plain language
    progress   what people see meanwhile
    interrupts how Ctrl-C ends it in order
    build      the run: reads, does the jobs, replaces the files
"""
