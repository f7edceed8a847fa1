// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredScan;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;

/**
 * Reads everything in a folder that counts, to the last byte, and says what is wrong: also where no
 * start would notice, because it reads only what it needs. Changes nothing.
 */
public final class FolderCheck implements JournalWalk.Visitor {
    private final Folder folder;
    private final Findings findings;
    private Contents contents;
    private long batches;
    private long firstSequence;
    private long lastSequence;
    private int snapshotParts;
    private long tenuredRecords;
    private long bytes;

    /**
     * Makes a check.
     *
     * @param folder nobody writes to it meanwhile
     * @param findings takes what is wrong
     */
    public FolderCheck(Folder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /**
     * What was read.
     *
     * @param segments how many segments there are
     * @param batches how many whole batches they hold
     * @param firstSequence the first of them
     * @param lastSequence the last of them
     * @param snapshotParts how many parts the snapshot has
     * @param tenuredFiles how many tenured files there are
     * @param tenuredRecords how many records are in them
     * @param bytes the size of all files that count
     */
    public record Summary(
            int segments,
            long batches,
            long firstSequence,
            long lastSequence,
            int snapshotParts,
            int tenuredFiles,
            long tenuredRecords,
            long bytes) {}

    /**
     * Checks.
     *
     * @return what was there
     * @throws IOException if something can't be read
     * @throws StoreException TOO_NEW or TOO_OLD if another version has to judge; IO if no broker
     *     has ever used the folder
     */
    public Summary run() throws IOException, StoreException {
        contents = Contents.read(folder, findings);
        contents.checkIsStores();
        if (contents.manifest() == null) {
            return new Summary(0, 0, 0, 0, 0, 0, 0, 0);
        }
        Manifest manifest = contents.manifest();
        readSnapshot(manifest);
        new JournalWalk(contents, findings, this).run();
        for (Manifest.Old old : manifest.tenured()) {
            readTenured(old);
        }
        int segments = 0;
        for (String name : contents.names()) {
            if (contents.counting().contains(name)) {
                bytes += size(name);
                segments += Names.segmentId(name) >= 0 ? 1 : 0;
            }
        }
        for (String name : contents.leftOver()) {
            boolean ours = Names.ours(name) || Tenured.idOf(name) > 0;
            findings.add(
                    Findings.Harm.NONE,
                    folder.describe(name),
                    0,
                    ours
                            ? "left over, it does not count: the next start deletes it"
                            : "no file of the broker, which leaves it alone");
        }
        return new Summary(
                segments,
                batches,
                firstSequence,
                lastSequence,
                snapshotParts,
                manifest.tenured().size(),
                tenuredRecords,
                bytes);
    }

    private long size(String name) throws IOException {
        try (DataFile file = folder.open(name)) {
            return file.size();
        }
    }

    private void readSnapshot(Manifest manifest) throws IOException, StoreException {
        if (manifest.snapshotId() != 0) {
            String name = folder.describe(Names.snapshot(manifest.snapshotId()));
            try {
                snapshotParts =
                        SnapshotFile.read(
                                folder,
                                new SnapshotFile.Expected(
                                        manifest.snapshotId(), manifest.snapshotSequence()),
                                (key, sequence, state) -> {},
                                damage -> findings.add(damage, name));
            } catch (StoreException e) {
                findings.add(e, name);
            }
        }
    }

    private void readTenured(Manifest.Old old) throws IOException, StoreException {
        String name = folder.describe(Tenured.name(old.id()));
        new TenuredScan(
                        folder,
                        old.id(),
                        new TenuredScan.Target() {
                            @Override
                            public void run(byte[] array, int at, long position) {
                                tenuredRecords += RunLayout.count(array, at);
                            }

                            @Override
                            public void damaged(StoreException damage) throws StoreException {
                                findings.add(damage, name);
                            }
                        })
                .run(contents.manifest().tenuredTag(old.id()), old.bytes());
    }

    @Override
    public void entry(Segment segment, EntryReader.Entry entry, EntryParts parts)
            throws StoreException {
        firstSequence = batches == 0 ? parts.sequence() : firstSequence;
        lastSequence = parts.sequence();
        batches++;
        RunsCheck check = new RunsCheck(parts);
        parts.batch().visit(check);
        if (check.problem != null) {
            String name = folder.describe(Names.segment(segment.id));
            throw Corruption.at(name, check.position, check.problem);
        }
    }

    /** Finds the first damaged run of a batch. */
    private static final class RunsCheck implements Batch.Visitor {
        private final EntryParts parts;
        private final byte[] array;
        private long position;
        private String problem;

        RunsCheck(EntryParts parts) {
            this.parts = parts;
            array = parts.batch().runs().array();
        }

        @Override
        public void run(int at) {
            check(at, true);
        }

        @Override
        public void staged(long stagingId, int at) {
            check(at, false);
        }

        private void check(int at, boolean stamped) {
            try {
                RunCheck.check(array, at, RunLayout.length(array, at));
                if (stamped) {
                    RunCheck.checkStamp(array, at);
                }
            } catch (WireException e) {
                if (problem == null) {
                    position = parts.runsAt() + at;
                    problem = e.getMessage();
                }
            }
        }
    }

    @Override
    public void closed(Segment segment, Manifest.Closed closed, boolean whole) throws IOException {
        String name = folder.describe(Names.index(segment.id));
        String again = whole ? "; the next start makes it again" : "";
        Findings.Harm harm = whole ? Findings.Harm.NONE : Findings.Harm.DAMAGE;
        try {
            SegmentIndex index = IndexFile.readWhole(folder, closed, contents.manifest().salt());
            if (whole && !index.namesSameLocalRuns(segment.index)) {
                findings.add(
                        Findings.Harm.DAMAGE, name, 0, "it does not name the runs of its segment");
            }
        } catch (StoreException e) {
            StoreException.Damage damage = e.damage();
            findings.add(
                    harm,
                    name,
                    damage == null ? 0 : damage.position(),
                    (damage == null ? e.getMessage() : damage.what()) + again);
        }
    }
}
