"""Mail (ไปรษณีย์อิเล็กทรอนิกส์กลาง): the central address of the agency, in and out.

Owns: the mailbox and what becomes of each mail in it, quarantine, deliveries by mail, receipts and bounces.
Hears: commands by RPC; every commit of the log (`registry`, `committed`), to know what must leave.
Says: `MailFetched`, `MailQuarantined`, `MailReleased` on the mail's stream; `ReceiptSent`, `MailHandedOver`,
`MailDeferred`, `MailGivenUp`, `MailBounced`, `ReceiptMatched` and their like on the letter's, all recorded by the
registry. A mail that is a letter is handed to the registry (`arrive`).

`understanding/` reads raw mails, `domain/` decides, `handlers/` acts, `views/` remembers and answers.
"""
