// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.FolderDecorator;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Faults between the embedded store and its files: what is forced, named and deleted when. */
final class FilePlants {
    private static final String MANIFEST = "manifest";

    private FilePlants() {}

    /** Whether a file is one of the journal's segments. */
    static boolean isSegment(String name) {
        return name.endsWith(".journal");
    }

    /** Never forces files whose names begin so, apart from preparing them. */
    record ForceMissing(String start, String end) implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                protected DataFile file(String name, DataFile file) {
                    if (!name.startsWith(start) || !name.endsWith(end)) {
                        return file;
                    }
                    return new File(file) {
                        @Override
                        public void force() {
                            // nothing
                        }
                    };
                }
            };
        }
    }

    /** Has all who open a segment share one open file, which is told of a failed force once. */
    static final class ForcesShareAFile implements Plant {
        @Override
        public Folder folder(Folder folder) {
            Map<String, DataFile> shared = new HashMap<>();
            return new FolderDecorator(folder) {
                @Override
                public DataFile create(String name) throws IOException {
                    String last =
                            name.endsWith(".tmp") ? name.substring(0, name.length() - 4) : name;
                    shared.remove(last);
                    return share(last, folder.create(name));
                }

                @Override
                public DataFile open(String name) throws IOException {
                    DataFile there = shared.get(name);
                    return there != null ? there : share(name, folder.open(name));
                }

                private DataFile share(String name, DataFile file) {
                    if (!isSegment(name)) {
                        return file;
                    }
                    DataFile unclosed =
                            new File(file) {
                                @Override
                                public void close() {
                                    // others may have it
                                }
                            };
                    shared.put(name, unclosed);
                    return unclosed;
                }
            };
        }
    }

    /** Takes a force of a segment that has failed for a good one. */
    static final class FailedForceIgnored implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                protected DataFile file(String name, DataFile file) {
                    return isSegment(name) ? new Forgiving(file) : file;
                }
            };
        }

        private static final class Forgiving extends FolderDecorator.File {
            Forgiving(DataFile file) {
                super(file);
            }

            @Override
            public void force() {
                try {
                    super.force();
                } catch (IOException taken) {
                    // for nothing
                }
            }
        }
    }

    /** Trusts the pages that a recovery has read: writes nothing of them again. */
    static final class PagesTrusted implements Plant {
        private boolean recovering;

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public void recover(RecoveryTarget target) throws StoreException {
                    recovering = true;
                    try {
                        super.recover(target);
                    } finally {
                        recovering = false;
                    }
                }
            };
        }

        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                protected DataFile file(String name, DataFile file) {
                    return !isSegment(name)
                            ? file
                            : new File(file) {
                                @Override
                                public void write(ByteBuffer source, long position)
                                        throws IOException {
                                    if (!recovering || !isThere(file, source, position)) {
                                        super.write(source, position);
                                    }
                                }
                            };
                }
            };
        }

        private static boolean isThere(DataFile file, ByteBuffer source, long position)
                throws IOException {
            ByteBuffer there = ByteBuffer.allocate(source.remaining());
            file.read(there, position);
            return there.flip().equals(source);
        }
    }

    /** Forces the names of files never. */
    static final class NamesNeverForced implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                public void force() {
                    // nothing
                }
            };
        }
    }

    /** Deletes files before the manifest that does not name them any more is durable. */
    static final class DeletedTooEarly implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                private boolean replaced;

                @Override
                public void rename(String from, String to) throws IOException {
                    super.rename(from, to);
                    replaced = to.equals(MANIFEST);
                }

                @Override
                public void force() throws IOException {
                    if (!replaced) {
                        super.force();
                    }
                    replaced = false;
                }
            };
        }
    }

    /** Does not force the names of new files before a manifest lists them. */
    static final class ListedTooEarly implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                private boolean renamed;

                @Override
                public void rename(String from, String to) throws IOException {
                    super.rename(from, to);
                    renamed = true;
                }

                @Override
                public void force() throws IOException {
                    if (renamed) {
                        super.force();
                    }
                    renamed = false;
                }
            };
        }
    }

    /** Writes the new manifest over the old one. */
    static final class ManifestNotAtomic implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                public void rename(String from, String to) throws IOException {
                    if (!to.equals(MANIFEST)) {
                        super.rename(from, to);
                        return;
                    }
                    try (DataFile source = open(from);
                            DataFile target = create(to)) {
                        ByteBuffer all = ByteBuffer.allocate((int) source.size());
                        source.read(all, 0);
                        target.write(all.flip(), 0);
                        target.force();
                    }
                    delete(from);
                }
            };
        }
    }

    /** Claims a store without a number of its own. */
    static final class ClaimForgotten implements Plant {
        private static final String EPOCH = "epoch";

        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                public void rename(String from, String to) throws IOException {
                    if (!to.equals(EPOCH) || !list().contains(EPOCH)) {
                        super.rename(from, to);
                    }
                }
            };
        }
    }

    /** Publishes snapshots before what they hold is durable. */
    static final class PublishedTooEarly implements Plant {
        private boolean taking;

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public SnapshotWriter startSnapshot() throws StoreException {
                    taking = true;
                    return super.startSnapshot();
                }

                @Override
                public int poll(Listener listener) {
                    int reports = super.poll(listener);
                    taking &= publishing();
                    return reports;
                }
            };
        }

        @Override
        public Folder folder(Folder folder) {
            return new FolderDecorator(folder) {
                @Override
                protected DataFile file(String name, DataFile file) {
                    return !isSegment(name)
                            ? file
                            : new File(file) {
                                @Override
                                public void force() throws IOException {
                                    if (!taking) {
                                        super.force();
                                    }
                                }
                            };
                }
            };
        }
    }
}
