using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Fills the Outlook parts of the list's rows, and reads the sign-ins of a whole page at once. Scoped.</summary>
public sealed class OutlookRowModelFiller(OutlookSignInStore signIns, ListRequestState list, ILocalClock localClock)
{
    private IReadOnlyDictionary<string, OutlookSignIn>? _signIns;

    /// <summary>Notes in the list whether a server requires a sign-in. Called when a row is built, because its first part needs to know when it's shown.</summary>
    public async Task NoteSignInAsync(OutgoingMailConfiguration configuration)
    {
        _signIns ??= await signIns.FindAsync(list.ConfigurationIds);

        if (!_signIns.TryGetValue(configuration.ConfigurationId, out var signIn) || !signIn.IsUsable || !signIn.IsFor(configuration))
        {
            list.RequireSignIn.Add(configuration.ConfigurationId);
        }
    }

    /// <summary>Fills the model of a row.</summary>
    public async ValueTask FillAsync(OutlookRowViewModel model, OutgoingMailConfiguration configuration)
    {
        _signIns ??= await signIns.FindAsync(list.ConfigurationIds);
        model.Configuration = configuration;
        model.CanManage = list.CanManage;
        model.ReturnUrl = list.ReturnUrl;

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
