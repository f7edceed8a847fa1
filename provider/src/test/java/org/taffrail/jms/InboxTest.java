// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The order of frames when deliveries are stopped, rewound and ended, with some under way. */
class InboxTest {
    private static final int ID = 1;

    private final RecordingLink link = new RecordingLink(cause -> {});
    private final SessionState state = new SessionState(true, link);
    private long nowMs = 1000;
    private Inbox inbox;

    @BeforeEach
    void attach() {
        inbox = inbox(4);
        assertEquals(List.of("attach 1", "credit 1 4"), link.calls());
    }

    private Inbox inbox(int prefetch) {
        Link.ConsumerSpec spec =
                new Link.ConsumerSpec(
                        ID,
                        ClientFrame.Source.QUEUE,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        null,
                        false,
                        false);
        Inbox made = new Inbox(state, link, spec, new CreditWindow(prefetch, 10_000), () -> nowMs);
        link.attach(spec, made);
        locked(made::attached);
        return made;
    }

    private void locked(Runnable action) {
        state.lock();
        try {
            action.run();
        } finally {
            state.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        state.lock();
        try {
            return action.get();
        } finally {
            state.unlock();
        }
    }

    private long takeOffset() {
        return locked(inbox::take).delivery().offset();
    }

    @Test
    void grantsCreditInBatches() {
        for (int offset = 1; offset <= 4; offset++) {
            link.deliver(ID, offset, "m");
        }
        assertEquals(1, takeOffset());
        assertEquals(List.of(), link.calls());
        assertEquals(2, takeOffset());
        assertEquals(List.of("credit 1 2"), link.calls());
    }

    @Test
    void givesCreditAnewOnlyWhenTheFenceIsAnswered() {
        link.deliver(ID, 1, "handed out");
        link.deliver(ID, 2, "waits");
        assertEquals(1, takeOffset());
        link.calls();
        CompletableFuture<Void> fence = link.park("drain");

        locked(inbox::beginRewind);
        locked(inbox::giveBack);
        assertEquals(
                List.of("reset 1", "RELEASE_UNSEEN 1 [2, 2]", "drain 1 0"),
                link.calls(),
                "credit is taken back before anything is given back");
        link.deliver(ID, 3, "was under way");
        link.deliver(ID, 4, "was under way");
        locked(inbox::endRewind);
        assertFalse(locked(inbox::isOpen));
        assertEquals(List.of(), link.calls());

        fence.complete(null);

        assertEquals(List.of("RELEASE_UNSEEN 1 [3, 4]", "credit 1 4"), link.calls());
        assertTrue(locked(inbox::isOpen));
        link.deliver(ID, 1, "again");
        assertEquals(1, takeOffset());
    }

    @Test
    void staysShutUntilTheRewindIsOverToo() {
        locked(inbox::beginRewind);
        locked(inbox::giveBack);
        assertEquals(List.of("reset 1", "drain 1 0"), link.calls());
        assertFalse(locked(inbox::isOpen), "the fence is answered, the rewind is not over");

        locked(inbox::endRewind);

        assertEquals(List.of("credit 1 4"), link.calls());
    }

    @Test
    void setsNoSecondFenceWhileOneStands() {
        CompletableFuture<Void> fence = link.park("drain");

        for (int i = 0; i < 3; i++) {
            locked(() -> state.setStarted(false));
            locked(inbox::shut);
            locked(inbox::giveBack);
            locked(() -> state.setStarted(true));
            locked(inbox::reopen);
        }
        assertEquals(List.of("reset 1", "drain 1 0"), link.calls());
        link.deliver(ID, 1, "was under way");
        fence.complete(null);

        assertEquals(List.of("RELEASE_UNSEEN 1 [1, 1]", "credit 1 4"), link.calls());
        assertTrue(locked(inbox::isOpen));
    }

    @Test
    void staysShutWhileStopped() {
        locked(() -> state.setStarted(false));
        locked(inbox::shut);
        locked(inbox::giveBack);
        locked(inbox::beginRewind);
        locked(inbox::giveBack);
        locked(inbox::endRewind);
        assertFalse(locked(inbox::isOpen));
        assertEquals(List.of("reset 1", "drain 1 0", "drain 1 0"), link.calls());

        locked(() -> state.setStarted(true));
        locked(inbox::reopen);

        assertEquals(List.of("credit 1 4"), link.calls());
    }

    @Test
    void releasesWhatComesLateAfterItsEnd() {
        CompletableFuture<Void> answer = link.park("detach");
        link.deliver(ID, 1, "waits");
        CompletableFuture<Void> done = locked(inbox::detach);
        assertEquals(List.of("reset 1", "RELEASE_UNSEEN 1 [1, 1]", "detach 1"), link.calls());
        link.deliver(ID, 2, "was under way");
        assertFalse(done.isDone());

        answer.complete(null);

        assertTrue(done.isDone());
        assertEquals(List.of("RELEASE_UNSEEN 1 [2, 2]"), link.calls());
    }

    @Test
    void givesBackWhatExpiresWhileItWaits() {
        link.deliver(ID, 1, 4, 1500, "brief");
        link.deliver(ID, 2, 4, 0, "lasting");
        nowMs = 1500;

        assertEquals(2, takeOffset());
        assertEquals(List.of("RELEASE_UNSEEN 1 [1, 1]", "credit 1 2"), link.calls());
    }

    @Test
    void asksForOneMessageAtATimeWithoutPrefetch() {
        inbox = inbox(0);
        link.calls();
        locked(inbox::want);
        locked(inbox::want);
        assertEquals(List.of("credit 1 1"), link.calls());

        link.deliver(ID, 1, "m");

        assertEquals(List.of("reset 1"), link.calls(), "nothing urgent may come on top");
        locked(inbox::want);
        assertEquals(List.of(), link.calls(), "one waits");
        link.deliver(ID, 2, "was under way nevertheless");
        assertEquals(1, takeOffset());
        assertEquals(2, takeOffset());
        locked(inbox::want);
        assertEquals(List.of("credit 1 1"), link.calls());
    }

    @Test
    void drainsWhatItHasCreditForAndGrantsAgain() {
        CompletableFuture<Void> answer = link.park("drain");
        CompletableFuture<Void> drained = locked(inbox::beginDrain);
        link.deliver(ID, 1, "came of it");
        assertEquals(List.of("drain 1 0"), link.calls());
        assertFalse(drained.isDone());

        answer.complete(null);
        locked(inbox::endDrain);

        assertEquals(List.of("credit 1 3"), link.calls());
        assertEquals(1, takeOffset());
        assertNull(locked(inbox::take));
    }
}
