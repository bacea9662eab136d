using Horilla.Modules.OutgoingMail;
using Horilla.Samples.ContactUs.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement;

namespace Horilla.Samples.ContactUs.Controllers;

/// <summary>The form, and the list of sent messages below it.</summary>
public sealed class ContactUsViewModel
{
    /// <summary>The field "To".</summary>
    public string? Recipient { get; set; }

    /// <summary>The field "Subject".</summary>
    public string? Subject { get; set; }

    /// <summary>The field "Message".</summary>
    public string? Text { get; set; }

    /// <summary>The field "Attachment", or null if no file was chosen.</summary>
    public IFormFile? Attachment { get; set; }

    /// <summary>The sent messages on this page of the list.</summary>
    [BindNever]
    public IReadOnlyList<ContactMessage> Sent { get; set; } = [];

    /// <summary>What became of the sent messages, by their IDs in the outbox.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, OutboxMail> Outbox { get; set; } = new Dictionary<string, OutboxMail>();

    /// <summary>The pager of the list.</summary>
    [BindNever]
    public IShape? Pager { get; set; }
}
