namespace Horilla.Samples.ContactUs.Messages;

/// <summary>A message that was sent, or not: a document.</summary>
public sealed class ContactMessage
{
    /// <summary>The id of the document.</summary>
    public long Id { get; set; }

    /// <summary>When, in UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The name of the user who sent it.</summary>
    public string SentBy { get; set; } = "";

    /// <summary>To whom.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>What it is about.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The name of the file that went along; null for none.</summary>
    public string? Attachment { get; set; }

    /// <summary>What came of it.</summary>
    public ContactMessageState State { get; set; }

    /// <summary>Why it was not sent, and what to do; null where it was.</summary>
    public string? Problem { get; set; }
}
