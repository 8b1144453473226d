"""Summary -> counted statement -> German sentence.

`tell_summary` is the result in four sentences, `tell_in_plain_language` the most important in plain words; each other
`tell_*` joins what one section of the briefing says.
Each `state_*` takes a Survey and gives a frozen dataclass: its fields are the counts, its `sentence` says
them, and a notebook shows it as prose. The wording follows the counts: what is not more than half is not
"die meisten".
"""

from .departments import (
    Cooperation,
    Offices,
    Responsibility,
    state_cooperation,
    state_offices,
    state_responsibility,
)
from .plain import PlainLanguage, Topic, tell_in_plain_language
from .procedure import Procedure, state_header, state_procedure, state_sample
from .provenance import state_provenance
from .quality import Books, Doubts, state_books, state_doubts
from .returns import (
    Mentions,
    ResponseRate,
    WorkingDezernate,
    state_mentions,
    state_response_rate,
    state_working_dezernate,
)
from .sections import (
    Section,
    tell_audience,
    tell_cooperation,
    tell_places,
    tell_quality,
    tell_returns,
    tell_start_years,
    tell_work,
)
from .sozialraeume import Coverage, GroupReach, state_coverage, state_group_reach
from .start_years import (
    Ends,
    Oldest,
    Recent,
    StartAnswers,
    state_ends,
    state_oldest,
    state_recent,
    state_start_answers,
)
from .summary import Summary, tell_summary
from .target_groups import (
    Audience,
    Disability,
    NamedGroups,
    state_audience,
    state_disability,
    state_named_groups,
)
from .wording import Finding

__all__ = [
    "Audience",
    "Books",
    "Cooperation",
    "Coverage",
    "Disability",
    "Doubts",
    "Ends",
    "Finding",
    "GroupReach",
    "Mentions",
    "NamedGroups",
    "Offices",
    "Oldest",
    "PlainLanguage",
    "Procedure",
    "Recent",
    "ResponseRate",
    "Responsibility",
    "Section",
    "StartAnswers",
    "Summary",
    "Topic",
    "WorkingDezernate",
    "state_audience",
    "state_books",
    "state_cooperation",
    "state_coverage",
    "state_disability",
    "state_doubts",
    "state_ends",
    "state_group_reach",
    "state_header",
    "state_mentions",
    "state_named_groups",
    "state_offices",
    "state_oldest",
    "state_procedure",
    "state_provenance",
    "state_recent",
    "state_response_rate",
    "state_responsibility",
    "state_sample",
    "state_start_answers",
    "state_working_dezernate",
    "tell_audience",
    "tell_cooperation",
    "tell_in_plain_language",
    "tell_places",
    "tell_quality",
    "tell_returns",
    "tell_start_years",
    "tell_summary",
    "tell_work",
]
