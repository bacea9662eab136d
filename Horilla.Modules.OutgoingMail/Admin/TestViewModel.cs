using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A test message before and after it was sent, or the last delivery of the server.</summary>
public sealed class TestViewModel
{
    /// <summary>The server.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>"Send to".</summary>
    public string? Recipient { get; set; }

    /// <summary>The result, or null if there is none yet.</summary>
    public OutgoingMailResult? Result { get; set; }

    /// <summary>When the attempt ended, in the site's time zone; null for just now.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether the user may edit the server.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; set; }

    /// <summary>The ID of the element that shows the result.</summary>
    public string ResultId { get; set; } = "om-result";
}
