using System.Diagnostics.CodeAnalysis;
using Consortium.Consensus.Ports;

namespace Consortium.Storage.Segments;

/// <summary>Lets one caller at a time change the files of a folder, among all processes of a machine.</summary>
/// <remarks>The lock is the operating system's and ends with the process, however it ends.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no handle: nothing waits on one.")]
internal sealed class FolderLock(string path, TimeProvider timeProvider)
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim _here = new(1);

    /// <summary>Runs work under the lock, on a thread of the pool because the work waits for a disk.</summary>
    /// <typeparam name="T">The type of the work's result.</typeparam>
    /// <param name="work">The work; not begun when cancelled before, and never given up in the middle.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="StorageException">Another process kept the lock too long; nothing was done.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _here.WaitAsync(cancellationToken);
        try
        {
            await using var held = await TakeAsync(cancellationToken);
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _here.Release();
        }
    }

    private async Task<FileStream> TakeAsync(CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                // FileShare.None is an exclusive flock on Unix, which binds other processes too.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (File.Exists(path))
            {
                if (timeProvider.GetElapsedTime(began) > WaitMax)
                {
                    throw new StorageException(
                        $"Nothing was written: '{path}' was held by another process for {WaitMax.TotalSeconds:F0} s ({exception.Message}). Look for a process that uses the folder and hangs; it is tried again.",
                        exception);
                }
            }

            await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }
}
