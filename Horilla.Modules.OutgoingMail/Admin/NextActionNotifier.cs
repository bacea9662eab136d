using System.Security.Claims;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Shows a message about a server together with a button for what comes next, such as a sign-in or a test message. Scoped.</summary>
public sealed class NextActionNotifier(
    MailServerTypes types,
    INotifier notifier,
    IAuthorizationService authorizationService,
    IAntiforgery antiforgery,
    IStringLocalizer<NextActionNotifier> stringLocalizer,
    IHtmlLocalizer<NextActionNotifier> htmlLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Shows a message on the next page.</summary>
    /// <param name="type">How the message looks.</param>
    /// <param name="message">The message.</param>
    /// <param name="configuration">The server that the message is about.</param>
    /// <param name="url">Builds the address of the action, in the current request.</param>
    public async Task NotifyAsync(NotifyType type, LocalizedHtmlString message, OutgoingMailConfiguration configuration, IUrlHelper url)
    {
        var next = types.Find(configuration.Type) is { } serverType && await serverType.GetNextActionAsync(configuration) is { } action
            ? action
            : PostSaveAction.SendTestMail(S["Send test mail"]);

        await notifier.AddAsync(type, await IsAuthorizedAsync(url.ActionContext.HttpContext.User, next) ? H["{0} {1}", message, Button(next, configuration, url)] : message);
    }

    private Task<bool> IsAuthorizedAsync(ClaimsPrincipal user, PostSaveAction action) => authorizationService.AuthorizeAsync(user, action.Permission);

    private IHtmlContent Button(PostSaveAction action, OutgoingMailConfiguration configuration, IUrlHelper url)
    {
        var address = url.Action(action.Action, action.Controller, new { area = action.Area, id = configuration.ConfigurationId });
        var button = new TagBuilder(action.IsPost ? "button" : "a");
        button.AddCssClass("btn btn-sm btn-primary om-next-action");
        button.InnerHtml.Append(action.Label.Value);

        if (!action.IsPost)
        {
            button.MergeAttribute("href", address);
            button.MergeAttribute("data-om-open-dialog", "");

            return button;
        }

        var tokens = antiforgery.GetAndStoreTokens(url.ActionContext.HttpContext);
        var token = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        token.MergeAttribute("type", "hidden");
        token.MergeAttribute("name", tokens.FormFieldName);
        token.MergeAttribute("value", tokens.RequestToken);
        var form = new TagBuilder("form");
        form.AddCssClass("om-action-form");
        form.MergeAttribute("method", "post");
        form.MergeAttribute("action", address);
        form.InnerHtml.AppendHtml(token).AppendHtml(button);

        return form;
    }
}
