using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads the sign-ins of all rows of a page of the list at once. Scoped.</summary>
public sealed class OutlookRows(OutlookSignIns signIns, ListContext list, ILocalClock localClock)
{
    private IReadOnlyDictionary<string, OutlookSignIn>? _read;

    /// <summary>Fills the model of a row.</summary>
    public async ValueTask FillAsync(OutlookRowViewModel model, OutgoingMailConfiguration configuration)
    {
        _read ??= await signIns.FindAsync(list.ConfigurationIds);
        model.Configuration = configuration;
        model.CanManage = list.CanManage;
        model.ReturnUrl = list.ReturnUrl;

        // Tokens for something else are of no use.
        if (_read.TryGetValue(configuration.ConfigurationId, out var signIn) && signIn.Binding == OutlookTokens.BindingOf(configuration))
        {
            var expires = await localClock.ConvertToLocalAsync(signIn.ExpiresUtc);
            model.SignIn = signIn;
            model.Expires = expires;
            model.ExpiresOnAnotherDay = (await localClock.GetLocalNowAsync()).Date != expires.Date;
        }
    }
}
