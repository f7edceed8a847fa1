// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.Grantees;
import org.taffrail.broker.security.Grants;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.security.OpenAuthenticator;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Management frames: who may, what they say, and what is hostile in them. */
class ManagerDoorTest {
    private static final Fields QUEUE_Q = queue("q").build();

    private final Harness harness = new Harness();

    private static Fields.Builder queue(String name) {
        return new Fields.Builder().put("kind", "queue").put("name", name);
    }

    private static ClientFrame.Hello hello(long features, int frameBytesMax) {
        return new ClientFrame.Hello(
                features, frameBytesMax, 0, 1, 2, 0, null, "ANONYMOUS", null, "test");
    }

    private static WireClient manager(Harness of) {
        WireClient client = of.client();
        client.open(hello(FrameLayout.MANAGEMENT, FrameLayout.FRAME_BYTES_MAX));
        assertEquals(FrameLayout.MANAGEMENT, client.welcome().features());
        return client;
    }

    private static void ask(WireClient client, ManageOperation operation, Fields fields) {
        client.say(new ClientFrame.Manage(client.nextRequest(), operation.number(), fields));
    }

    private static BrokerFrame.Managed look(
            WireClient client, ManageOperation operation, Fields fields) {
        ask(client, operation, fields);
        return client.hear(BrokerFrame.Managed.class);
    }

    private static String expectFailed(WireClient client, ErrorCode code) {
        BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
        assertEquals(code, failed.code(), failed.detail());
        return failed.detail();
    }

    /** A broker that lets everybody in as one user, and that some may manage. */
    private static Harness guarded(String manager) {
        return new Harness(
                new MemoryStore(),
                Harness.SETTINGS,
                (mechanism, peer) ->
                        (response, nowMs, reply) ->
                                reply.next(
                                        new Authenticator.Admitted(Identity.named("ann")), nowMs),
                Access.of(
                        List.of(),
                        Grantees.of("*"),
                        false,
                        new Grants(Set.of(manager), Set.of(), false, false)));
    }

    @Test
    void looksAndChangesWhereEverybodyMay() {
        WireClient client = manager(harness);
        client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "a", "b");

        Fields row = look(client, ManageOperation.DESTINATIONS, QUEUE_Q).rows().get(0);
        assertEquals("q", row.text("name"));
        assertEquals(2, row.number("depth", -1));
        assertEquals("DLQ.q", row.text("deadLetterQueue"));
        assertFalse(row.flag("temporary"));

        client.attach(1, DestinationKind.QUEUE, "q");
        Fields consumer = look(client, ManageOperation.CONSUMERS, QUEUE_Q).rows().get(0);
        assertEquals("test", consumer.text("peer"));
        assertEquals("test", consumer.text("product"));

        Fields outcome = look(client, ManageOperation.PURGE, QUEUE_Q).rows().get(0);
        assertEquals(2, outcome.number("done", -1));
        assertNull(outcome.text("why"));
    }

    @Test
    void tellsWhichMessagesAConsumerHolds() {
        WireClient client = manager(harness);
        client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "a", "b");
        client.attach(1, DestinationKind.QUEUE, "q");
        client.say(new ClientFrame.Credit(1, 1, 10_000, false, 0));
        client.hear(BrokerFrame.Deliver.class);

        Fields consumer = look(client, ManageOperation.CONSUMERS, QUEUE_Q).rows().get(0);
        assertEquals(1, consumer.number("held", -1));
        long connection = consumer.number("connection", -1);
        Fields about = queue("q").put("connection", connection).put("consumer", 1).build();
        Fields held = look(client, ManageOperation.HELD, about).rows().get(0);
        assertEquals(0, held.number("offset", -1));
        assertEquals(1, held.number("delivery", -1));
        assertEquals(consumer.number("oldestHeldMs", -1), held.number("sinceMs", -2));

        ask(client, ManageOperation.HELD, QUEUE_Q);
        expectFailed(client, ErrorCode.INVALID_OPTION);
        ask(client, ManageOperation.HELD, queue("q").put("consumer", 1L << 32).build());
        expectFailed(client, ErrorCode.INVALID_OPTION);
        ask(client, ManageOperation.HELD, queue("q").put("consumer", 7).build());
        expectFailed(client, ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void listsInPagesUntilTheLast() {
        WireClient client = manager(harness);
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            client.resolve(DestinationKind.QUEUE, "queue " + i);
            made.add("queue " + i);
        }
        Set<String> listed = new HashSet<>();
        String after = null;
        int pages = 0;
        do {
            Fields.Builder about = new Fields.Builder().put("kind", "queue").put("after", after);
            BrokerFrame.Managed page = look(client, ManageOperation.DESTINATIONS, about.build());
            page.rows().forEach(row -> assertTrue(listed.add(row.text("name"))));
            after = page.next();
            pages++;
        } while (after != null);

        assertEquals(made, listed);
        assertEquals(4, pages);
    }

    @Test
    void whoMayNotIsRefusedAndNamedInTheLogAndGoesOnOtherwise() {
        Harness guarded = guarded("bob");
        WireClient client = manager(guarded);

        for (ManageOperation each : ManageOperation.values()) {
            ask(client, each, QUEUE_Q);
            String why = expectFailed(client, ErrorCode.NOT_PERMITTED);
            assertTrue(why.contains("ann") && why.contains("security.managers"), why);
        }

        assertTrue(
                guarded.events.contains("denied 1 Manage manage null"), guarded.events.toString());
        client.resolve(DestinationKind.QUEUE, "q");
    }

    @Test
    void whoMayIsNamedInTheLogWithWhatChangesSomething() {
        Harness guarded = guarded("ann");
        WireClient client = manager(guarded);

        look(client, ManageOperation.CREATE, QUEUE_Q);
        look(client, ManageOperation.DESTINATIONS, QUEUE_Q);

        assertTrue(guarded.events.contains("managing 1 CREATE"), guarded.events.toString());
        assertFalse(guarded.events.contains("managing 1 DESTINATIONS"), guarded.events.toString());
    }

    @Test
    void anUnknownOperationIsRefusedByNameAndCostsNothing() {
        WireClient client = manager(harness);
        client.say(new ClientFrame.Manage(client.nextRequest(), 4711, Fields.NONE));
        String why = expectFailed(client, ErrorCode.NOT_SUPPORTED);
        assertTrue(why.contains("4711"), why);
        client.resolve(DestinationKind.QUEUE, "q");
    }

    @Test
    void fieldsThatMakeNoSenseAreRefused() {
        WireClient client = manager(harness);
        client.resolve(DestinationKind.QUEUE, "q");
        Fields[] wrong = {
            Fields.NONE,
            new Fields.Builder().put("kind", "queue").build(),
            new Fields.Builder().put("kind", 1).put("name", "q").build(),
            queue("q").put("messages", 0).build(),
            queue("q").put("messages", "all").build(),
            queue("q").put("offset", -2).build(),
            queue("q").put("selector", true).build(),
            new Fields.Builder().put("kind", "stream").put("name", "q").build()
        };
        for (Fields each : wrong) {
            ask(client, ManageOperation.PURGE, each);
            expectFailed(client, ErrorCode.INVALID_OPTION);
        }
        ask(client, ManageOperation.PURGE, queue("q").put("selector", "x = ").build());
        expectFailed(client, ErrorCode.INVALID_SELECTOR);
        ask(client, ManageOperation.MOVE, QUEUE_Q);
        expectFailed(client, ErrorCode.INVALID_OPTION);
        ask(client, ManageOperation.DELETE, queue("q").put("force", "yes").build());
        expectFailed(client, ErrorCode.INVALID_OPTION);
        ask(
                client,
                ManageOperation.DESTINATIONS,
                new Fields.Builder().put("kind", "queue").put("pattern", "a*b").build());
        expectFailed(client, ErrorCode.INVALID_OPTION);
        ask(
                client,
                ManageOperation.DESTINATIONS,
                new Fields.Builder().put("kind", "queue").put("rows", -1).build());
        expectFailed(client, ErrorCode.INVALID_OPTION);
    }

    @Test
    void aRequestThatWasNotAgreedEndsTheConnection() {
        WireClient client = harness.client();
        client.open(hello(0, FrameLayout.FRAME_BYTES_MAX));
        assertEquals(0, client.welcome().features());
        ask(client, ManageOperation.DESTINATIONS, QUEUE_Q);
        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void featuresThatTheBrokerDoesNotKnowAreLeftOut() {
        WireClient client = harness.client();
        client.open(hello(~FrameLayout.IMPORT, FrameLayout.FRAME_BYTES_MAX));
        assertEquals(
                FrameLayout.MANAGEMENT | FrameLayout.RESUMPTION | FrameLayout.XA,
                client.welcome().features());
    }

    @Test
    void whoTakesSmallFramesIsRefusedBeforeAPageIsTooLarge() {
        WireClient client = harness.client();
        client.open(hello(FrameLayout.MANAGEMENT, 4096));
        ask(client, ManageOperation.DESTINATIONS, QUEUE_Q);
        expectFailed(client, ErrorCode.LIMIT_REACHED);
    }

    @Test
    void anOpenDoorLetsEverybodyManage() {
        Harness open = new Harness(new MemoryStore(), Harness.SETTINGS, new OpenAuthenticator());
        look(manager(open), ManageOperation.CREATE, QUEUE_Q);
    }
}
