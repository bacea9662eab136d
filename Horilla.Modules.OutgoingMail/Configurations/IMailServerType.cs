using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>A type of mail servers. Another module adds one by registering this, a display driver (see <see cref="Admin.PostedForm"/>) and an <see cref="Sending.IMailTransport"/>.</summary>
public interface IMailServerType
{
    /// <summary>The technical name: stored with each configuration, never shown.</summary>
    string Name { get; }

    /// <summary>The name in the list, in a word.</summary>
    LocalizedString Label { get; }

    /// <summary>The title of the choice between types.</summary>
    LocalizedString Title { get; }

    /// <summary>What the type is for.</summary>
    LocalizedString Description { get; }

    /// <summary>The text of the button that chooses the type.</summary>
    LocalizedString SelectText { get; }

    /// <summary>The title of the form.</summary>
    LocalizedString FormTitle { get; }

    /// <summary>The type of the shape that shows its icon.</summary>
    string IconShape { get; }

    /// <summary>What an admin should know of a configuration that was just saved, such as a risk; null for nothing.</summary>
    LocalizedHtmlString? Remark(OutgoingMailConfiguration configuration);

    /// <summary>The fields that only this type has, of an edit and of what somebody else stored meanwhile. It shows no secret.</summary>
    IEnumerable<Difference> Compare(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs);
}
