using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;

namespace Horilla.TestHost.ServerTypes;

/// <summary>A server type of another module, whose transport misbehaves as its user name says.</summary>
public class OddServerType : IMailServerType
{
    public virtual string Name => "Odd";

    public bool SendsAsUsername => true;

    public LocalizedString Label => new("", "Odd");

    public LocalizedString Title => Label;

    public LocalizedString Description => Label;

    public LocalizedString SelectText => Label;

    public LocalizedString CreateTitle => Label;

    public PostSaveAction PostSaveAction => PostSaveAction.SendTestMail(Label);
}
