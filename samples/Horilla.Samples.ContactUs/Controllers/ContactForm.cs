using Horilla.Samples.ContactUs.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement;

namespace Horilla.Samples.ContactUs.Controllers;

/// <summary>The page: the form, and below it what was sent.</summary>
public sealed class ContactForm
{
    /// <summary>"To".</summary>
    public string? Recipient { get; set; }

    /// <summary>"Subject".</summary>
    public string? Subject { get; set; }

    /// <summary>"Message".</summary>
    public string? Text { get; set; }

    /// <summary>"Attachment"; null for none.</summary>
    public IFormFile? Attachment { get; set; }

    /// <summary>What was sent, on this page of the list.</summary>
    [BindNever]
    public IReadOnlyList<ContactMessage> Sent { get; set; } = [];

    /// <summary>The way to its other pages.</summary>
    [BindNever]
    public IShape? Pager { get; set; }
}
