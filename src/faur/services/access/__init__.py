"""The front office: calls, applications, eligibility, assessments and awards."""
