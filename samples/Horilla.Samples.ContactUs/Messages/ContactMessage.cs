namespace Horilla.Samples.ContactUs.Messages;

/// <summary>The record of a message and its result, stored as a document.</summary>
public sealed class ContactMessage
{
    /// <summary>The document ID.</summary>
    public long Id { get; set; }

    /// <summary>When it was submitted, in UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The name of the user who sent it.</summary>
    public string SentBy { get; set; } = "";

    /// <summary>The address of the recipient.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>The subject.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The name of the attached file, or null if there is none.</summary>
    public string? Attachment { get; set; }

    /// <summary>The ID of the message in the outbox, which knows what became of it.</summary>
    public string MailId { get; set; } = "";
}
