// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.store.CrashMatrixContract;
import org.taffrail.broker.store.StoreException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The machine stops everywhere in a script in which retentions end history: by age while nothing is
 * written, by bytes, and after what protected it is consumed. What a start finds then is held
 * against the script. Then all that is too old goes, before it stops once more.
 */
class RetentionCrashMatrixTest extends CrashMatrixContract {
    /** What the script does, in this order; the operations of each are among those stopped at. */
    private enum Phase {
        FILLED,
        TOO_MANY_BYTES,
        TOO_OLD,
        CONSUMED
    }

    private final KeptLogs logs = new KeptLogs();
    private final Map<Phase, Map<String, Integer>> operationsUpTo = new HashMap<>();
    private final Map<Phase, String> contentAfter = new HashMap<>();
    private boolean watched;

    RetentionCrashMatrixTest() {
        super(50);
    }

    @Override
    protected CrashMatrixContract another() {
        return new RetentionCrashMatrixTest();
    }

    @Override
    protected void script() throws StoreException {
        logs.start(folder);
        logs.subscribe();
        for (int i = 0; i < 3; i++) {
            logs.send(KeptLogs.AGED);
            logs.send(KeptLogs.SIZED);
            logs.send(KeptLogs.QUEUE);
        }
        logs.consume(KeptLogs.QUEUE, 0, 1);
        logs.pass(SnapshotSchedule.IDLE_MS);
        ends(Phase.FILLED);

        for (int i = 0; i < 4; i++) {
            logs.send(KeptLogs.SIZED);
        }
        logs.pass(SnapshotSchedule.IDLE_MS);
        ends(Phase.TOO_MANY_BYTES);

        logs.pass(KeptLogs.RETENTION_MS);
        ends(Phase.TOO_OLD);

        logs.consume(KeptLogs.AGED, 0, 1, 2);
        logs.pass(SnapshotSchedule.IDLE_MS);
        ends(Phase.CONSUMED);
        logs.stop();
    }

    private void ends(Phase phase) {
        if (watched) {
            operationsUpTo.put(phase, new TreeMap<>(folder.kindsOfOperations()));
            contentAfter.put(phase, content());
        }
    }

    /** All that is on the disk. */
    private String content() {
        StringBuilder all = new StringBuilder();
        FaultyFolder copy = folder.afterKill();
        for (String name : copy.list()) {
            all.append(new String(copy.content(name), java.nio.charset.StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    private int operations(Phase phase, String kind) {
        Phase before = Phase.values()[phase.ordinal() - 1];
        return operationsUpTo.get(phase).getOrDefault(kind, 0)
                - operationsUpTo.get(before).getOrDefault(kind, 0);
    }

    private void assertGoes(String destination, int message, Phase phase) {
        String body = KeptLogs.body(destination, message);
        Phase before = Phase.values()[phase.ordinal() - 1];
        assertTrue(contentAfter.get(before).contains(body), body + " goes too early");
        assertFalse(contentAfter.get(phase).contains(body), body + " does not go");
        int deletions =
                operations(phase, "delete segment.journal")
                        + operations(phase, "delete tenured.log");
        assertTrue(deletions > 0, phase + " deletes nothing");
        assertTrue(operations(phase, "rename manifest.tmp") > 0, phase + " is not written down");
    }

    @Test
    void filesAreDeletedBecauseRetentionsEnd() throws StoreException {
        watched = true;
        script();

        assertGoes(KeptLogs.SIZED, 0, Phase.TOO_MANY_BYTES);
        assertGoes(KeptLogs.QUEUE, 0, Phase.TOO_OLD);
        assertGoes(KeptLogs.AGED, 0, Phase.CONSUMED);
        assertEquals(
                operationsUpTo.get(Phase.TOO_MANY_BYTES).get("write snapshot"),
                operationsUpTo.get(Phase.TOO_OLD).get("write snapshot"),
                "age alone lets it go, without a snapshot");
        String left = contentAfter.get(Phase.CONSUMED);
        assertTrue(left.contains(KeptLogs.body(KeptLogs.QUEUE, 2)), "is not consumed");
        assertTrue(left.contains(KeptLogs.body(KeptLogs.SIZED, 6)), "is not past its bound");
    }

    @Override
    protected void goOn(FaultyFolder left, Function<FaultyFolder, FaultyFolder> crash)
            throws StoreException {
        logs.start(left);
        logs.check();
        for (int looks = 0; looks < 2; looks++) {
            logs.pass(KeptLogs.RETENTION_MS);
        }
        logs.check();
        logs.start(crash.apply(left));
        logs.check();
        assertEquals(List.of(), logs.keptBeyondNeed(KeptLogs.AGED), "all is too old");
    }
}
