using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// A mail server type, such as SMTP. Any module can add one with
/// <see cref="ServiceCollectionExtensions.AddMailServerType{TType, TTransport, TDriver}"/>. Scoped: created for each request
/// that needs it, also when messages are sent, so its constructor should be cheap.
/// </summary>
public interface IMailServerType
{
    /// <summary>The technical name: stored with each configuration, never shown, never changed. Unique among the types of a site.</summary>
    string Name { get; }

    /// <summary>The position in the choice of types. Lower numbers come first.</summary>
    int Position => 100;

    /// <summary>The short name for the list.</summary>
    LocalizedString Label { get; }

    /// <summary>The title in the choice of types.</summary>
    LocalizedString Title { get; }

    /// <summary>What the type is for.</summary>
    LocalizedString Description { get; }

    /// <summary>The text of the button that chooses the type.</summary>
    LocalizedString SelectText { get; }

    /// <summary>The title of the form for a new server.</summary>
    LocalizedString CreateTitle { get; }

    /// <summary>The title of the form for an existing server.</summary>
    LocalizedString EditTitle => CreateTitle;

    /// <summary>The shape type of the icon.</summary>
    string IconShape => "OutgoingMailServerIcon";

    /// <summary>
    /// Whether messages are sent from the Email Host Username. The form then has no group Sender: the type's driver asks for
    /// the user name, and for the display name in a field named <c>DisplayName</c>.
    /// </summary>
    bool SendsAsUsername => false;

    /// <summary>The action of the form's second button, which saves first.</summary>
    PostSaveAction PostSaveAction { get; }

    /// <summary>
    /// Returns the action that the message after saving offers as a button, for example a sign-in that is still missing.
    /// Null for the usual one: send a test message.
    /// </summary>
    Task<PostSaveAction?> GetNextActionAsync(OutgoingMailConfiguration configuration) => Task.FromResult<PostSaveAction?>(null);

    /// <summary>Whether the form can send a test message without saving: with what is typed and the stored secrets. False where something else is missing, such as a sign-in.</summary>
    Task<bool> CanTestUnsavedAsync(OutgoingMailConfiguration configuration) => Task.FromResult(true);

    /// <summary>Returns a warning about a configuration that was just saved, such as a security risk, or null if there is none.</summary>
    Task<LocalizedHtmlString?> GetWarningAsync(OutgoingMailConfiguration configuration) => Task.FromResult<LocalizedHtmlString?>(null);

    /// <summary>Compares the fields that only this type has, between an edit and the version that someone else saved in the meantime. Never shows a secret.</summary>
    IEnumerable<FieldDifference> GetDifferences(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs) => [];
}
