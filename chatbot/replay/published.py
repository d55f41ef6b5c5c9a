"""What has been published of other symptom checkers; each figure read in the abstract of the paper it comes from."""

from __future__ import annotations

from dataclasses import asdict, dataclass

NOT_COMPARABLE = (
    "Not comparable with the figures above: other vignettes, from all of medicine; other labels; "
    "other levels of care; other ways of counting."
)


@dataclass(frozen=True, slots=True)
class Study:
    """One paper: who, where, what was measured, and what came out."""

    cite: str
    doi: str
    measured: str
    found: str

    def data(self) -> dict[str, str]:
        """The study as plain data."""
        return asdict(self)


PUBLISHED = (
    Study(
        "Semigran et al., BMJ 2015;351:h3480",
        "10.1136/bmj.h3480",
        "23 symptom checkers, 45 vignettes, 532 evaluations of triage: share with appropriate advice (95% interval)",
        "57% (52 to 61); emergent 80% (75 to 86), non-emergent 55% (47 to 63), self care 33% (26 to 40)",
    ),
    Study(
        "Hill et al., Med J Aust 2020;212:514-519",
        "10.5694/mja2.50600",
        "19 symptom checkers with triage, 688 tests with vignettes: share with appropriate advice (95% interval)",
        "49% (44 to 54); emergency 63% (52 to 71), urgent 56% (52 to 75), non-urgent 30% (11 to 39), "
        "self-care 40% (26 to 49)",
    ),
    Study(
        "Gilbert et al., BMJ Open 2020;10:e040269",
        "10.1136/bmjopen-2020-040269",
        "200 vignettes; share with safe advice, which here includes advice one level too low, where advice was given; "
        "the study is of the maker of Ada",
        "7 GPs 97.0% (SD 2.5); Symptomate 97.8%, Ada 97.0%, Babylon 95.1%, Your.MD 92.6%, Mediktor 87.3%, "
        "K Health 81.3%, Buoy 80.0%",
    ),
    Study(
        "Schmieding et al., J Med Internet Res 2022;24(5):e31810",
        "10.2196/31810",
        "22 symptom checkers on the 45 vignettes of Semigran et al.: median accuracy of triage",
        "55.8% in 2020 (interquartile range 15.1), 59.1% in 2015 (15.5)",
    ),
    Study(
        "Wallace et al., npj Digit Med 2022;5:118",
        "10.1038/s41746-022-00667-w",
        "systematic review of 10 studies, half of them with real patients: range of accuracy of triage",
        "48.8% to 90.1%",
    ),
)
