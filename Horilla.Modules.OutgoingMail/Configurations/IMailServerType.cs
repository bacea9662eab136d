using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>A type of mail servers. Another module adds one by registering this, a display driver (see <see cref="Admin.PostedForm"/>) and an <see cref="Sending.IMailTransport"/>.</summary>
public interface IMailServerType
{
    /// <summary>The technical name: stored with each configuration, never shown.</summary>
    string Name { get; }

    /// <summary>Where it stands in the choice between types: lower numbers come first.</summary>
    int Position { get; }

    /// <summary>The name in the list, in a word.</summary>
    LocalizedString Label { get; }

    /// <summary>The title of the choice between types.</summary>
    LocalizedString Title { get; }

    /// <summary>What the type is for.</summary>
    LocalizedString Description { get; }

    /// <summary>The text of the button that chooses the type.</summary>
    LocalizedString SelectText { get; }

    /// <summary>The title of the form of a new server.</summary>
    LocalizedString FormTitle { get; }

    /// <summary>The title of the form of a server that is there.</summary>
    LocalizedString EditTitle { get; }

    /// <summary>The type of the shape that shows its icon.</summary>
    string IconShape { get; }

    /// <summary>Whether mails come from the Email Host Username, under the name that the server gives it: the form of such a type asks for no other sender.</summary>
    bool SendsAsUsername { get; }

    /// <summary>What comes after saving.</summary>
    FollowUp FollowUp { get; }

    /// <summary>What an admin should know of a configuration that was just saved, such as a risk; null for nothing.</summary>
    Task<LocalizedHtmlString?> RemarkAsync(OutgoingMailConfiguration configuration);

    /// <summary>The fields that only this type has, of an edit and of what somebody else stored meanwhile. It shows no secret.</summary>
    IEnumerable<Difference> Compare(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs);
}
