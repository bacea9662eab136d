using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;

namespace Horilla.Samples.PickupFolder;

/// <summary>A folder that messages are written to as .eml files, for development. Email programs open such files.</summary>
public sealed class PickupFolderServerType(IStringLocalizer<PickupFolderServerType> stringLocalizer) : IMailServerType
{
    /// <summary>The technical name.</summary>
    public const string TechnicalName = "PickupFolder";

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public string Name => TechnicalName;

    /// <inheritdoc />
    public LocalizedString Label => S["Pickup folder"];

    /// <inheritdoc />
    public LocalizedString Title => S["Pickup Folder"];

    /// <inheritdoc />
    public LocalizedString Description => S["Writes messages to files instead of sending them. For development"];

    /// <inheritdoc />
    public LocalizedString SelectText => S["Select Pickup Folder"];

    /// <inheritdoc />
    public LocalizedString CreateTitle => S["Pickup Folder Configuration"];

    /// <inheritdoc />
    public PostSaveAction PostSaveAction => PostSaveAction.SendTestMail(S["Save and send test mail"]);

    /// <inheritdoc />
    public IEnumerable<FieldDifference> GetDifferences(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs)
        => [new(S["Folder"], mine.GetOrCreate<PickupFolderSettings>().Folder, theirs.GetOrCreate<PickupFolderSettings>().Folder)];
}
