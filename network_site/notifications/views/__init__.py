"""What members see and click of notifications; views/from_mail.py needs no login."""
