// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredScan;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows what a folder that nobody writes to holds: the tenured files, then the journal up to the
 * last batch that a start would keep. What is damaged is left out and goes to the findings.
 */
public final class FolderReader {
    private final Folder folder;
    private final Findings findings;
    private final Visitor visitor;
    private Contents contents;

    /** Takes what is whole. */
    public interface Visitor {
        /**
         * Tells whether it has all that it wants.
         *
         * @return whether the rest need not be read
         */
        default boolean hasEnough() {
            return false;
        }

        /**
         * Takes a batch of the journal; what it holds comes next.
         *
         * @param batch what is known of it
         */
        default void batch(Entry batch) {}

        /**
         * Takes a run.
         *
         * @param place where it stands
         * @param array holds it; valid during the call
         * @param at where it begins there; checked and stamped
         */
        default void run(Place place, byte[] array, int at) {}

        /**
         * Takes a run that is staged: it has no offsets.
         *
         * @param stagingId the staging
         * @param array holds it; valid during the call
         * @param at where it begins there; checked
         */
        default void staged(long stagingId, byte[] array, int at) {}

        /**
         * Takes the commit of a staging.
         *
         * @param stagingId the staging
         * @param placed the offsets that its runs got, as far as they stand in the journal still
         */
        default void committed(long stagingId, List<Batch.Placed> placed) {}

        /**
         * Takes the abort of a staging.
         *
         * @param stagingId the staging
         */
        default void aborted(long stagingId) {}
    }

    /**
     * Where something stands.
     *
     * @param file the file's name
     * @param position where it begins
     */
    public record Place(String file, long position) {}

    /**
     * A batch of the journal.
     *
     * @param place where it stands
     * @param segmentId the segment's number
     * @param sequence its sequence
     * @param durable the highest sequence that was known to be durable when it was written
     * @param epoch the owner that wrote it
     * @param timeMs when, ms since 1970
     * @param relaxed whether it need not have survived
     * @param eventBytes the bytes of its events
     * @param runBytes the bytes of its runs
     */
    public record Entry(
            Place place,
            long segmentId,
            long sequence,
            long durable,
            int epoch,
            long timeMs,
            boolean relaxed,
            int eventBytes,
            int runBytes) {}

    /**
     * Makes a reader.
     *
     * @param folder the folder
     * @param findings takes what is wrong
     * @param visitor takes what is not
     */
    public FolderReader(Folder folder, Findings findings, Visitor visitor) {
        this.folder = folder;
        this.findings = findings;
        this.visitor = visitor;
    }

    /**
     * Reads.
     *
     * @throws IOException if something can't be read
     * @throws StoreException CORRUPT if the manifest is damaged; TOO_NEW or TOO_OLD; IO if no
     *     broker has ever used the folder
     */
    public void run() throws IOException, StoreException {
        contents = Contents.readKnown(folder, findings);
        for (Manifest.Old old : contents.manifest().tenured()) {
            if (!visitor.hasEnough()) {
                readTenured(old);
            }
        }
        if (visitor.hasEnough()) {
            return;
        }
        JournalWalk first = new JournalWalk(contents, findings, (segment, entry, parts) -> {});
        first.run();
        new JournalWalk(contents, Findings.ignored(), new Entries(first.keptSequence())).run();
    }

    private void readTenured(Manifest.Old old) throws IOException, StoreException {
        String name = Tenured.name(old.id());
        new TenuredScan(
                        folder,
                        old.id(),
                        new TenuredScan.Target() {
                            @Override
                            public void run(byte[] array, int at, long position) {
                                if (!visitor.hasEnough()) {
                                    visitor.run(new Place(name, position), array, at);
                                }
                            }

                            @Override
                            public void damaged(StoreException damage) throws StoreException {
                                findings.add(damage, folder.describe(name));
                            }
                        })
                .run(contents.manifest().tenuredTag(old.id()), old.bytes());
    }

    /** Takes batches apart, up to the last one that counts. */
    private final class Entries implements JournalWalk.Visitor {
        private final long lastSequence;
        private final Set<Long> segments = new HashSet<>();

        Entries(long lastSequence) {
            this.lastSequence = lastSequence;
            contents.manifest().closed().forEach(closed -> segments.add(closed.id()));
            segments.addAll(contents.openSegments());
        }

        @Override
        public boolean hasEnough() {
            return visitor.hasEnough();
        }

        @Override
        public void entry(Segment segment, EntryReader.Entry entry, EntryParts parts) {
            if (parts.sequence() > lastSequence) {
                return;
            }
            String file = Names.segment(segment.id);
            visitor.batch(
                    new Entry(
                            new Place(file, entry.position()),
                            segment.id,
                            entry.sequence(),
                            entry.durable(),
                            entry.epoch(),
                            entry.timeMs(),
                            entry.relaxed(),
                            entry.eventBytes(),
                            entry.runBytes()));
            parts.batch().visit(new Steps(file, parts));
        }

        private final class Steps implements Batch.Visitor {
            private final String file;
            private final EntryParts parts;
            private final byte[] array;
            private int commits;

            Steps(String file, EntryParts parts) {
                this.file = file;
                this.parts = parts;
                array = parts.batch().runs().array();
            }

            @Override
            public void run(int at) {
                if (isWhole(at)) {
                    visitor.run(new Place(file, parts.runsAt() + at), array, at);
                }
            }

            @Override
            public void staged(long stagingId, int at) {
                if (isWhole(at)) {
                    visitor.staged(stagingId, array, at);
                }
            }

            private boolean isWhole(int at) {
                try {
                    RunCheck.check(array, at, RunLayout.length(array, at));
                    return true;
                } catch (WireException e) {
                    findings.add(
                            Findings.Harm.DAMAGE,
                            folder.describe(file),
                            parts.runsAt() + at,
                            e.getMessage());
                    return false;
                }
            }

            @Override
            public void committed(Batch.Commit commit) {
                List<Stagings.Placing> placings = parts.steps().placings().get(commits++);
                visitor.committed(
                        commit.stagingId(),
                        placings.stream()
                                .filter(placing -> segments.contains(placing.segmentId()))
                                .map(Stagings.Placing::placed)
                                .toList());
            }

            @Override
            public void aborted(long stagingId) {
                visitor.aborted(stagingId);
            }
        }
    }
}
