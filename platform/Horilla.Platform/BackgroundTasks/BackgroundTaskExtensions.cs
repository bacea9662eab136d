using System.Reflection;

namespace OrchardCore.BackgroundTasks;

public static class BackgroundTaskExtensions
{
    /// <summary>Returns the full name of the task's type.</summary>
    public static string GetTaskName(this IBackgroundTask task) => task.GetType().FullName!;

    public static IBackgroundTask? GetTaskByName(this IEnumerable<IBackgroundTask> tasks, string name) => tasks.LastOrDefault(task => task.GetTaskName() == name);

    public static BackgroundTaskSettings GetDefaultSettings(this IBackgroundTask task)
    {
        var settings = new BackgroundTaskSettings { Name = task.GetTaskName() };

        if (task.GetType().GetCustomAttribute<BackgroundTaskAttribute>() is { } attribute)
        {
            settings.Title = attribute.Title;
            settings.Enable = attribute.Enable;
            settings.Schedule = attribute.Schedule;
            settings.Description = attribute.Description;
            settings.LockTimeout = attribute.LockTimeout;
            settings.LockExpiration = attribute.LockExpiration;
        }

        return settings;
    }
}
