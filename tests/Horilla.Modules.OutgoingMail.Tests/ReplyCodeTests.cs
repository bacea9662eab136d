using System.Text;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The replies of servers and how they are explained: the codes of the RFCs and those that large providers document.</summary>
[Collection(SiteCollection.Name)]
public sealed class ReplyCodeTests(SiteFixture site)
{
    /// <summary>The source of the reply, the command, the reply, the error code, a part of the explanation, and whether a retry can help.</summary>
    private static readonly (string Who, string Command, string Reply, string Code, string Told, bool CanRetry)[] Replies =
    [
        // Sizes, and replies that only look like a size limit.
        ("RFC 1870", "MAIL", "552 5.3.4 Message too big", "too-large", "The message is too large", false),
        ("RFC 5321", "MAIL", "552 Exceeded storage allocation", "too-large", "The message is too large", false),
        ("SES", ".", "552 Message is too long.", "too-large", "Send smaller attachments", false),
        ("Exchange", ".", "554 5.3.4 Message size exceeds limit", "too-large", "The message is too large", false),
        ("Exchange", ".", "550 5.3.4 Message size exceeds limit", "too-large", "The message is too large", false),
        ("Exchange", ".", "552 5.2.3 Message length exceeds limit", "too-large", "The message is too large", false),
        ("Gmail", ".", "552 5.7.0 This message was blocked because its content presents a potential security issue", "content-refused", "because of its content", false),
        ("RFC 3463", ".", "552 5.2.0 Something with the mailbox", "content-refused", "rejected the message", false),
        ("Gmail", "RCPT", "552 5.2.2 The recipient's inbox is out of storage space", "mailbox-full", "The mailbox of reader@example.com is full", false),
        ("Gmail", "RCPT", "452 4.2.2 The recipient's inbox is out of storage space", "temporary-failure", "The mailbox of reader@example.com is full", true),
        ("RFC 5321", "RCPT", "552 Mailbox has no room", "mailbox-full", "is full", false),
        ("Exchange Online", ".", "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException", "sender-mailbox-full", "The mailbox of info@acme.example is full", false),

        // Senders, whichever command is rejected.
        ("Postfix", "RCPT", "553 5.7.1 <info@acme.example>: Sender address rejected: not owned by user acme", "sender-refused", "rejected the sender info@acme.example", false),
        ("Postfix", "MAIL", "550 5.7.1 <info@acme.example>: Sender address rejected: not owned by user acme", "sender-refused", "Enter an address of the account as Default From Mail", false),
        ("Exchange Online", ".", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "sender-refused", "rejected the sender info@acme.example", false),
        ("Exchange Online", ".", "554 5.2.252 SendAsDenied; acme not allowed to send as other", "sender-refused", "isn't allowed to send as this address", false),
        ("Exchange Online", ".", "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied", "sender-refused", "isn't allowed to send as this address", false),
        ("iCloud", "MAIL", "550 5.7.0 From address is not one of your addresses", "sender-refused", "isn't allowed to send as this address", false),
        ("Fastmail", ".", "551 5.7.1 Not authorised to send from this header address", "sender-refused", "isn't allowed to send as this address", false),
        ("Zoho", ".", "553 Relaying disallowed as info@acme.example", "sender-refused", "isn't allowed to send as this address", false),
        ("SES", ".", "554 Message rejected: Email address is not verified.", "sender-refused", "a verified sender", false),
        ("SendGrid", ".", "550 The from address does not match a verified Sender Identity.", "sender-refused", "isn't allowed to send as this address", false),
        ("Yahoo", "MAIL", "550 Request failed; Mailbox unavailable", "sender-refused", "isn't allowed to send as this address", false),
        ("Stalwart", "MAIL", "501 5.5.4 You are not allowed to send from this address.", "sender-refused", "isn't allowed to send as this address", false),
        ("Postfix", "RCPT", "550 5.1.8 <info@acme.example>: Sender address rejected: Domain not found", "sender-refused", "its domain doesn't exist", false),
        ("Exchange", "MAIL", "550 5.1.7 Invalid address", "sender-refused", "its domain doesn't exist", false),
        ("Postfix", "RCPT", "550 5.1.0 <info@acme.example>: Sender address rejected: User unknown in virtual mailbox table", "sender-refused", "rejected the sender info@acme.example", false),
        ("Postfix", "RCPT", "554 5.7.1 <info@acme.example>: Sender address rejected: Access denied", "sender-refused", "isn't allowed to send as this address", false),
        ("Exim", "RCPT", "550 Sender verify failed", "sender-refused", "rejected the sender info@acme.example", false),
        ("RFC 3463", "MAIL", "550 5.1.1 No such user", "sender-refused", "rejected the sender info@acme.example", false),
        ("RFC 3463", "MAIL", "553 5.1.3 Invalid address format", "sender-refused", "rejected the sender info@acme.example", false),
        ("any", "MAIL", "550 No", "sender-refused", "rejected the sender info@acme.example", false),

        // Sending limits, which are temporary whatever their reply class.
        ("Gmail", "MAIL", "550 5.4.5 Daily user sending limit exceeded", "quota-exceeded", "reached a sending limit", true),
        ("Gmail", ".", "421 4.7.28 Unusual rate of mail", "quota-exceeded", "Try again later", true),
        ("Gmail", "MAIL", "421 4.7.0 Try again later", "quota-exceeded", "Try again later", true),
        ("SES", ".", "454 Throttling failure: Maximum sending rate exceeded.", "quota-exceeded", "reached a sending limit", true),
        ("SES", ".", "454 4.7.0 Throttling failure: Daily message quota exceeded.", "quota-exceeded", "within 24 hours", true),
        ("Exchange Online", ".", "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "quota-exceeded", "reached a sending limit", true),
        ("Exchange Online", ".", "550 5.2.2 Submission quota exceeded", "quota-exceeded", "reached a sending limit", true),
        ("Exchange Online", "RCPT", "550 5.1.90 Your message can't be sent because you've reached your daily limit", "quota-exceeded", "reached a sending limit", true),
        ("Zoho", ".", "550 5.4.6 Unusual sending activity detected.", "quota-exceeded", "reached a sending limit", true),
        ("Plesk", ".", "554 5.7.0 The limit on the number of allowed outgoing messages was exceeded. Try again later.", "quota-exceeded", "reached a sending limit", true),
        ("cPanel", "RCPT", "550 Domain acme.example has exceeded the max emails per hour (100/100) allowed.", "quota-exceeded", "reached a sending limit", true),
        ("IONOS", "RCPT", "450-Requested mail action not taken: mailbox unavailable\r\n450 Mail send limit exceeded.", "quota-exceeded", "reached a sending limit", true),

        // Temporary failures.
        ("Exchange Online", "MAIL", "432 4.3.2 Concurrent connections limit exceeded", "temporary-failure", "can't accept email from info@acme.example right now", true),
        ("RFC 5321", ".", "451 Requested action aborted", "temporary-failure", "can't accept the message right now", true),
        ("RFC 5321", ".", "452 4.3.1 Insufficient system storage", "temporary-failure", "Try again in 15 minutes", true),
        ("Postfix", "RCPT", "450 4.2.0 <reader@example.com>: Recipient address rejected: Greylisted", "temporary-failure", "can't accept email for reader@example.com right now", true),
        ("Stalwart", "RCPT", "452 4.2.2 Greylisted", "temporary-failure", "Try again in 15 minutes", true),
        ("Postfix", "RCPT", "450 4.1.2 <reader@example.com>: Recipient address rejected: Domain not found", "temporary-failure", "try again in an hour", true),
        ("any", "RCPT", "450 4.5.99 What", "temporary-failure", "right now", true),

        // The EHLO name.
        ("Postfix", "RCPT", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", "ehlo-rejected", "EHLO name", false),
        ("Postfix", "RCPT", "550 5.7.1 <vm>: Helo command rejected: Host not found", "ehlo-rejected", "EHLO name", false),
        ("Postfix", "RCPT", "450 4.7.1 <vm>: Helo command rejected: Host not found", "ehlo-rejected", "EHLO name", true),
        ("Exchange Online", "MAIL", "550 5.7.506 Access Denied, Bad HELO", "ehlo-rejected", "EHLO name", false),

        // Recipients.
        ("RFC 3463", "RCPT", "550 5.1.1 No such user", "recipient-refused", "there is no such mailbox", false),
        ("Gmail", "RCPT", "553 5.1.2 We weren't able to find the recipient domain", "recipient-refused", "its domain doesn't exist", false),
        ("RFC 7505", "RCPT", "556 5.1.10 Recipient address has null MX", "recipient-refused", "its domain doesn't exist", false),
        ("Exchange Online", "RCPT", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "recipient-refused", "there is no such mailbox", false),
        ("Exchange Online", "RCPT", "550 5.4.1 Recipient address rejected: Access denied", "recipient-refused", "there is no such mailbox", false),
        ("Gmail", "RCPT", "550 5.2.1 The email account that you tried to reach is inactive", "recipient-refused", "doesn't accept this message", false),
        ("Exchange Online", "RCPT", "550 5.7.133 Sender not authenticated for group", "recipient-refused", "doesn't accept this message", false),
        ("RFC 3463", "RCPT", "550 5.5.3 Too many recipients", "too-many-recipients", "more recipients than", false),
        ("any", "RCPT", "550 5.1.2 <reader@example.com>: Invalid domain name", "recipient-refused", "its domain doesn't exist", false),
        ("any", "RCPT", "550 <antivirus@x.example>: no such user", "recipient-refused", "rejected the recipient reader@example.com", false),
        ("any", "RCPT", "550 5.2.1 <spam@x.example> disabled", "recipient-refused", "doesn't accept this message", false),
        ("any", "RCPT", "550 No", "recipient-refused", "rejected the recipient reader@example.com", false),

        // Content and domain authentication.
        ("Gmail", ".", "550 5.7.26 This mail is unauthenticated", "content-refused", "can't verify that it comes from the domain of info@acme.example", false),
        ("Gmail", ".", "550 5.7.27 SPF did not pass", "content-refused", "SPF, DKIM and DMARC", false),
        ("Gmail", ".", "550 5.7.30 DKIM did not pass", "content-refused", "SPF, DKIM and DMARC", false),
        ("Outlook.com", ".", "550 5.7.515 Access denied, sending domain doesn't meet the required authentication level", "content-refused", "SPF, DKIM and DMARC", false),
        ("RFC 7372", "MAIL", "550 5.7.25 Reverse DNS validation failed", "content-refused", "SPF, DKIM and DMARC", false),
        ("Gmail", ".", "550 5.7.1 Our system has detected that this message is likely unsolicited mail", "content-refused", "because of its content", false),
        ("any", ".", "554 5.7.1 This looks like spam", "content-refused", "because of its content", false),
        ("any", ".", "550 5.6.0 Invalid message content", "content-refused", "because of its format", false),
        ("any", ".", "554 No", "content-refused", "SPF, DKIM or DMARC", false),

        // Accounts, networks, encryption.
        ("Exchange Online", ".", "550 5.7.501 Access denied, spam abuse detected", "account-blocked", "has blocked this account", false),
        ("Exchange Online", ".", "550 5.1.8 Access denied, bad outbound sender", "account-blocked", "has blocked this account", false),
        ("Exchange Online", "MAIL", "550 5.7.708 Access denied, traffic not accepted from this IP", "address-blocked", "blocks the IP address", false),
        ("Postfix", "RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "address-blocked", "blocks the IP address", false),
        ("Postfix", "RCPT", "554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied", "address-blocked", "blocks the IP address", false),
        ("Outlook.com", "MAIL", "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Part of their network is on our block list (S3140).", "address-blocked", "blocks the IP address", false),
        ("Gmail", "MAIL", "530 5.7.0 Must issue a STARTTLS command first", "tls-required", "Set Use TLS to Yes", false),
        ("Exchange Online", "MAIL", "550 5.7.57 Client not authenticated to send mail", "sign-in-required", "although the sign-in succeeded", false),
        ("any", "MAIL", "500 5.5.1 Command unrecognized", "protocol-error", "didn't understand", false),
    ];

    private static readonly (string Who, string Reply, string Code, string Told, bool CanRetry)[] SignIns =
    [
        ("Gmail", "535 5.7.8 Username and Password not accepted", "sign-in-refused", "rejected the sign-in of info@acme.example", false),
        ("Gmail", "534 5.7.9 Application-specific password required", "sign-in-refused", "app password", false),
        ("Gmail", "454 4.7.0 Too many login attempts, please try again later", "sign-in-unavailable", "too many attempts", true),
        ("Exchange Online", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "smtp-auth-disabled", "type Outlook", false),
        ("Exchange Online", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "smtp-auth-disabled", "Another password doesn't help", false),
        ("Exchange Online", "550 5.7.30 Basic authentication is not supported for Client Submission.", "smtp-auth-disabled", "type Outlook", false),
        ("Exchange Online", "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "sign-in-refused", "rejected the sign-in", false),
        ("Exchange Online", "535 5.7.3 Authentication unsuccessful", "sign-in-refused", "rejected the sign-in", false),
        ("RFC 4954", "454 4.7.0 Temporary authentication failure", "sign-in-unavailable", "Try again in 15 minutes", true),
        ("RFC 5248", "525 5.7.13 User account disabled", "account-blocked", "has blocked this account", false),
        ("RFC 4954", "538 5.7.11 Encryption required for requested authentication mechanism", "tls-required", "Set Use TLS to Yes", false),
        ("SendGrid", "451 Authentication failed: Maximum credits exceeded", "quota-exceeded", "reached a sending limit", true),
        ("Exchange", "504 5.7.4 Unrecognized authentication type", "sign-in-mechanism", "The password wasn't checked", false),
        ("Postfix", "503 5.5.1 Error: authentication not enabled", "sign-in-mechanism", "rejected the sign-in method", false),
        ("RFC 5321", "421 4.3.2 Too many connections", "sign-in-unavailable", "right now", true),
        ("Exim", "535 Incorrect authentication data", "sign-in-refused", "rejected the sign-in", false),
    ];

    [Fact]
    public async Task Each_reply_is_explained_with_its_cause_and_a_next_step()
    {
        var (command, reply) = ("", "");
        await using var server = new FakeSmtpServer((_, line) => line.StartsWith(command, StringComparison.Ordinal) && (command != "." || line == ".") ? new SmtpReply(reply + "\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Host", "127.0.0.1"), ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"));
        var wrong = new StringBuilder();

        foreach (var row in Replies)
        {
            (command, reply) = (row.Command, row.Reply);
            wrong.Append(await CompareAsync(admin, id, row.Who, row.Reply, row.Code, row.Told, row.CanRetry));
        }

        Assert.Equal("", wrong.ToString());
    }

    [Fact]
    public async Task Each_rejected_sign_in_is_explained_with_its_cause_and_a_next_step()
    {
        var wrong = new StringBuilder();
        using var admin = await site.SignInAsAdminAsync();

        foreach (var row in SignIns)
        {
            await using var server = new FakeSmtpServer((_, line) => line.StartsWith("AUTH", StringComparison.Ordinal) ? new SmtpReply(row.Reply + "\r\n") : null);
            var id = await MailServerPages.CreateAsync(admin, ("Host", "127.0.0.1"), ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"));
            wrong.Append(await CompareAsync(admin, id, row.Who, row.Reply, row.Code, row.Told, row.CanRetry));
        }

        Assert.Equal("", wrong.ToString());
    }

    private static async Task<string> CompareAsync(WebBrowser admin, string id, string who, string reply, string code, string told, bool canRetry)
    {
        var error = (await SendServiceClient.SendAsync(admin, ("configurationId", id)))["error"];
        var text = $"{error?["message"]} {error?["nextStep"]}";

        return (string?)error?["code"] == code
            && text.Contains(told, StringComparison.Ordinal)
            && (bool)error!["canRetry"]! == canRetry
            && ((string)error["serverResponse"]!).StartsWith(reply[..3], StringComparison.Ordinal)
            && !(reply[0] == '4' && ((string)error["message"]!).Contains("reject", StringComparison.Ordinal))
                ? ""
                : $"{who}: {reply}\n  {error?["code"]} ({error?["canRetry"]}): {text}\n";
    }
}
