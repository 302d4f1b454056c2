"""`kb clean`: how are all of kb's own files removed, and no others?"""

from kb import disk
from kb.build import manifest
from kb.console import Console
from kb.counts import counted
from kb.library.lock import only_writer
from kb.project import Project


def clean(project: Project, console: Console) -> None:
    """Remove the files that the manifest lists, the manifest, and the cache."""
    with only_writer(project.cache):
        pages = manifest.read(project.output)
        for path in (*pages, manifest.FILE):
            disk.remove(project.output / path, project.output)
        disk.remove_folder(project.cache)  # while nobody else can have begun to fill it
    console.say(
        f"removed {counted(len(pages), 'file')} from {project.config.output}/, and the cache"
    )
