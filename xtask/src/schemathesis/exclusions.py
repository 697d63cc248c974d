"""Where Schemathesis is mistaken: failures that it reports of right answers, each with its reason.

Nothing is left untried, and no check is off: an exclusion takes single failures, and each one is printed by the task.
"""

import os

import schemathesis


def unknown_header(failure, case, response):
    """An unknown header besides valid ones."""
    return "in header - object with unexpected properties" in failure.message


def control_characters(failure, case, response):
    """A part whose name has control characters."""
    return (
        case.media_type == "multipart/form-data"
        and isinstance(case.body, dict)
        and any(ord(it) < 32 or ord(it) == 127 for name in case.body for it in name)
    )


def integer_with_fraction(failure, case, response):
    """A parameter such as `7.0`."""
    values = [*(case.path_parameters or {}).values(), *(case.query or {}).values()]
    return any(isinstance(it, float) for it in values) and "must be an integer" in response.text


# Type of the failure, what it is about, why the answer is right.
EXCLUSIONS = [
    (
        "AcceptedNegativeData",
        unknown_header,
        "a header that no parameter names is no violation, which Schemathesis knows unless a parameter is an integer",
    ),
    (
        "RejectedPositiveData",
        control_characters,
        "no header of a part holds control characters, so such a name cannot be sent",
    ),
    (
        "RejectedPositiveData",
        integer_with_fraction,
        "`7.0` is an integer of JSON, and in a parameter the text of an integer is its digits",
    ),
]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    for kind, applies, reason in EXCLUSIONS:
        if type(failure).__name__ == kind and applies(failure, case, response):
            with open(os.environ["EXCLUDED"], "a") as file:
                file.write(f"{case.operation.label}, {failure.code} {failure.kind_title}: {reason}\n")
            return False
    return True
