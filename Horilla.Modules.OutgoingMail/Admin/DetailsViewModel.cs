using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The page of a single server.</summary>
public sealed class DetailsViewModel
{
    /// <summary>The server.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>Whether it is the primary.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>Its settings, without secrets.</summary>
    public IReadOnlyList<FieldDifference> Settings { get; set; } = [];

    /// <summary>Its last delivery, or null if nothing was sent yet.</summary>
    public LastDelivery? LastDelivery { get; set; }

    /// <summary>Whether the user may edit the server.</summary>
    public bool CanManage { get; set; }

    /// <summary>The URL of the list that the user came from; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>The parts of its row in the list.</summary>
    public IShape? Row { get; set; }

    /// <summary>The last failure and when it happened; null if there was none.</summary>
    public (OutgoingMailResult Result, DateTime AtUtc)? LastFailure => LastDelivery switch
    {
        { LastFailure: { } failure, LastFailureUtc: { } at } => (failure, at),

        // Recorded by an earlier version of the module.
        { ServerFailure: { } failure, AtUtc: var at } => (failure, at),
        _ => null,
    };

    /// <summary>The last TLS handshake; null if there was none since the settings were changed.</summary>
    public DeliveryStepReport? Tls => LastDelivery is { Tls: { } tls, TlsSeenUtc: { } seen } && seen >= Configuration.ModifiedUtc ? tls : null;
}
