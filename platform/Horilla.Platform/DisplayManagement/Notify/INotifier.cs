using Microsoft.AspNetCore.Mvc.Localization;

namespace OrchardCore.DisplayManagement.Notify;

/// <summary>Collects messages to the user. They are shown on the next page that is a view.</summary>
public interface INotifier
{
    ValueTask AddAsync(NotifyType type, LocalizedHtmlString message);

    IList<NotifyEntry> List();
}
