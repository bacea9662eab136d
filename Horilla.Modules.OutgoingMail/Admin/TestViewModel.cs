using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A test mail, before and after it was sent; or how the server last went.</summary>
public sealed class TestViewModel
{
    /// <summary>The server.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>"Send to".</summary>
    public string? Recipient { get; set; }

    /// <summary>What came of it; null before.</summary>
    public OutgoingMailResult? Result { get; set; }

    /// <summary>When that was, in the time of the site; null for just now.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>Whether the user may edit the server.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test mails.</summary>
    public bool CanSendTestMail { get; set; }
}
