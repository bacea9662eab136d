using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Fills the Outlook parts of the list's rows, and reads the sign-ins of a whole page at once. Scoped.</summary>
public sealed class OutlookRowModelFiller(OutlookSignInStore signIns, ListRequestState list, ILocalClock localClock)
{
    private IReadOnlyDictionary<string, OutlookSignIn>? _signIns;

    /// <summary>Fills the model of a row.</summary>
    public async ValueTask FillAsync(OutlookRowViewModel model, OutgoingMailConfiguration configuration)
    {
        _signIns ??= await signIns.FindAsync(list.ConfigurationIds);
        model.Configuration = configuration;
        model.CanManage = list.CanManage;
        model.ReturnUrl = list.CurrentUrl;

        // Tokens that were issued for other settings can't be used.
        if (_signIns.TryGetValue(configuration.ConfigurationId, out var signIn) && signIn.IsFor(configuration))
        {
            var expires = await localClock.ConvertToLocalAsync(new DateTimeOffset(signIn.ExpiresUtc, TimeSpan.Zero));
            model.SignIn = signIn;
            model.Expires = expires;
            model.ExpiresOnAnotherDay = (await localClock.GetLocalNowAsync()).Date != expires.Date;
        }
    }
}
