using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Descriptor.Models;
using YesSql;

namespace Horilla.Platform.Shells;

/// <summary>Reads and changes the enabled features of a tenant. A change requests a new shell.</summary>
internal sealed class ShellDescriptorManager(ISession session, IShellReleaseManager releaseManager)
{
    public async Task<ShellDescriptor> LoadAsync() => await session.Query<ShellDescriptor>().FirstOrDefaultAsync() ?? new ShellDescriptor();

    public async Task UpdateAsync(ShellDescriptor descriptor)
    {
        descriptor.SerialNumber++;
        await session.SaveAsync(descriptor);
        releaseManager.RequestRelease();
    }
}
