"""From a submission to a report: collect, rebuild, run, judge, report, cohort."""
