namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The well-known providers, with the settings from their own help pages.</summary>
public static class SmtpProviders
{
    /// <summary>All providers, in display order.</summary>
    public static IReadOnlyList<SmtpProvider> All { get; } =
    [
        new("gmail", "Gmail", "smtp.gmail.com", 587, false,
            "Gmail doesn't accept your account password here. Turn on 2-Step Verification, create an app password, and enter its 16 letters as App Password.",
            "https://support.google.com/accounts/answer/185833",
            "gmail.com", "googlemail.com")
        {
            RecipientsPerDay = 500,
            LimitsUrl = "https://support.google.com/mail/answer/22839",
        },
        new("workspace", "Google Workspace", "smtp.gmail.com", 587, false,
            "Google Workspace doesn't accept your account password here. Turn on 2-Step Verification, create an app password, and enter its 16 letters as App Password.",
            "https://support.google.com/accounts/answer/185833")
        {
            RecipientsPerDay = 2_000,
            LimitsUrl = "https://support.google.com/a/answer/166852",
        },
        new("microsoft365", "Microsoft 365", "smtp.office365.com", 587, false,
            "Microsoft 365 accepts a password only if an administrator allows authenticated SMTP for the mailbox. The server type Outlook signs in without a password.",
            "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission")
        {
            MessagesPerMinute = 30,
            RecipientsPerDay = 10_000,
            LimitsUrl = "https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits",
        },
        new("yahoo", "Yahoo", "smtp.mail.yahoo.com", 465, true,
            "Yahoo doesn't accept your account password here. Generate an app password under Account security, and enter it as App Password.",
            "https://help.yahoo.com/kb/SLN15241.html",
            "yahoo.com", "ymail.com", "rocketmail.com"),
        new("zoho", "Zoho", "smtp.zoho.com", 465, true,
            "With two-factor authentication, Zoho requires an application-specific password. Accounts in other regions use other hosts, such as smtp.zoho.eu.",
            "https://www.zoho.com/mail/help/zoho-smtp.html",
            "zoho.com", "zohomail.com"),
        new("icloud", "iCloud", "smtp.mail.me.com", 587, false,
            "iCloud requires an app-specific password, which you create in your Apple Account. The user name is the full iCloud address.",
            "https://support.apple.com/102654",
            "icloud.com", "me.com", "mac.com"),
        new("ses", "Amazon SES", "email-smtp.us-east-1.amazonaws.com", 587, false,
            "Amazon SES requires SMTP credentials, not AWS access keys. Create them in the SES console, and enter the host of your region.",
            "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html"),
        new("sendgrid", "SendGrid", "smtp.sendgrid.net", 587, false,
            "The user name is the word apikey, and the password is an API key with the Mail Send permission.",
            "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api"),
        new("mailgun", "Mailgun", "smtp.mailgun.org", 587, false,
            "Mailgun has SMTP credentials for each domain, such as postmaster@mg.example.com. In the EU, the host is smtp.eu.mailgun.org.",
            "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp"),
        new("fastmail", "Fastmail", "smtp.fastmail.com", 465, true,
            "Fastmail requires an app password, which you create under Privacy & Security. The user name is the full address.",
            "https://www.fastmail.help/hc/en-us/articles/360058752854",
            "fastmail.com", "fastmail.fm"),
    ];

    /// <summary>Returns the provider with this ID, or null.</summary>
    public static SmtpProvider? Find(string? id) => All.FirstOrDefault(provider => provider.Id == id);

    /// <summary>Returns the provider that was chosen, if it has this host; otherwise the one that the host belongs to, or null.</summary>
    public static SmtpProvider? Find(string? id, string? host)
        => Find(id) is { } chosen && string.Equals(chosen.Host, host, StringComparison.OrdinalIgnoreCase) ? chosen : FindByHost(host);

    /// <summary>Returns the provider that a host belongs to, or null.</summary>
    public static SmtpProvider? FindByHost(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return null;
        }

        return All.FirstOrDefault(provider => string.Equals(provider.Host, host, StringComparison.OrdinalIgnoreCase))
            ?? All.FirstOrDefault(provider => IsSameService(provider.Host, host));
    }

    /// <summary>Whether a host is another region of the same service: SES and Mailgun have a host for each region.</summary>
    private static bool IsSameService(string providerHost, string host)
        => (providerHost.EndsWith(".amazonaws.com", StringComparison.Ordinal)
                && host.StartsWith("email-smtp.", StringComparison.OrdinalIgnoreCase)
                && host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase))
            || (providerHost.EndsWith(".mailgun.org", StringComparison.Ordinal) && host.EndsWith(".mailgun.org", StringComparison.OrdinalIgnoreCase));
}
