// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Each way to something that needs a right: without the right, and with no more than that. */
class GuardTest {
    /**
     * A way to something.
     *
     * @param name for people
     * @param needs the rights that it takes, each of them
     * @param frame what is said
     */
    private record Path(String name, Set<Right> needs, Function<GuardRig, ClientFrame> frame) {
        @Override
        public String toString() {
            return name + " needs " + needs;
        }
    }

    /** Frames that need no right, and why. */
    private static final Set<Class<?>> HARMLESS =
            Set.of(
                    ClientFrame.Hello.class, // comes before: who may come in is another question
                    ClientFrame.Authenticate.class,
                    ClientFrame.Ping.class,
                    ClientFrame.Goodbye.class,
                    ClientFrame.Credit.class, // names what an earlier frame was permitted to make
                    ClientFrame.Detach.class,
                    ClientFrame.Settle.class,
                    ClientFrame.Commit.class,
                    ClientFrame.Rollback.class,
                    ClientFrame.AskOutcome.class, // the client's own, which is bound to its user
                    ClientFrame.DeleteTemporary.class,
                    BranchFrame.Prepare.class,
                    BranchFrame.EndBranch.class,
                    BranchFrame.ForgetBranch.class,
                    BranchFrame.ListBranches.class);

    /** What has a test of its own below. */
    private static final Set<Class<?>> ELSEWHERE = Set.of(ClientFrame.CreateTemporary.class);

    static final Set<ManageOperation> OF_THE_BROKER =
            EnumSet.of(
                    ManageOperation.BRANCHES,
                    ManageOperation.END_BRANCH,
                    ManageOperation.FORGET_BRANCH,
                    ManageOperation.BROKER,
                    ManageOperation.CONNECTIONS,
                    ManageOperation.END_CONNECTION);

    private static Path path(
            String name, Function<GuardRig, ClientFrame> frame, Right first, Right... others) {
        return new Path(name, EnumSet.of(first, others), frame);
    }

    private static ClientFrame attach(
            ClientFrame.Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String start) {
        return new ClientFrame.Attach(
                1, 1, source, kind, destination, subscription, null, false, start);
    }

    static ClientFrame manage(ManageOperation operation, String kind, String name) {
        Fields fields =
                new Fields.Builder()
                        .put("kind", kind)
                        .put("name", name)
                        .put("to", "parked")
                        .put("start", "earliest")
                        .put("group", operation == ManageOperation.RESET ? 4711 : 0)
                        .build();
        return new ClientFrame.Manage(1, operation.number(), fields);
    }

    static Stream<Path> paths() {
        List<Path> paths = new ArrayList<>();
        DestinationKind queue = DestinationKind.QUEUE;
        DestinationKind topic = DestinationKind.TOPIC;
        paths.add(path("resolve", rig -> new ClientFrame.Resolve(1, queue, "q"), Right.SEND));
        paths.add(
                path(
                        "resolve what is not there",
                        rig -> new ClientFrame.Resolve(1, topic, "new"),
                        Right.SEND,
                        Right.CREATE));
        paths.add(path("send to a number", rig -> rig.send(0), Right.SEND));
        paths.add(path("send in a transaction", rig -> rig.send(7), Right.SEND));
        paths.add(path("import", GuardRig::sendImported, Right.SEND, Right.IMPORT));
        for (String of : List.of("q", "DLQ.q")) {
            paths.add(
                    path(
                            "consume " + of,
                            rig -> attach(ClientFrame.Source.QUEUE, queue, of, null, null),
                            Right.RECEIVE));
        }
        paths.add(
                path(
                        "consume what is not there",
                        rig -> attach(ClientFrame.Source.QUEUE, queue, "new", null, null),
                        Right.RECEIVE,
                        Right.CREATE));
        paths.add(
                path(
                        "browse",
                        rig -> attach(ClientFrame.Source.BROWSER, queue, "q", null, null),
                        Right.BROWSE));
        paths.add(
                path(
                        "browse what is not there",
                        rig -> attach(ClientFrame.Source.BROWSER, queue, "new", null, null),
                        Right.BROWSE,
                        Right.CREATE));
        paths.add(
                path(
                        "browse a topic",
                        rig -> attach(ClientFrame.Source.BROWSER, topic, "t", null, "earliest"),
                        Right.BROWSE));
        paths.add(
                path(
                        "read a queue again",
                        rig -> attach(ClientFrame.Source.SIDE, queue, "q", null, "earliest"),
                        Right.BROWSE));
        for (ClientFrame.Source source :
                List.of(
                        ClientFrame.Source.TOPIC,
                        ClientFrame.Source.SHARED,
                        ClientFrame.Source.DURABLE,
                        ClientFrame.Source.SHARED_DURABLE)) {
            String name = source == ClientFrame.Source.TOPIC ? null : "mine";
            paths.add(
                    path(
                            "subscribe " + source,
                            rig -> attach(source, topic, "t", name, null),
                            Right.RECEIVE));
            paths.add(
                    path(
                            "subscribe " + source + " from the past",
                            rig -> attach(source, topic, "t", name, "earliest"),
                            Right.RECEIVE,
                            Right.BROWSE));
        }
        paths.add(
                path(
                        "take over a subscription",
                        rig -> attach(ClientFrame.Source.DURABLE, topic, "t", "kept", null),
                        Right.RECEIVE));
        paths.add(
                path("unsubscribe", rig -> new ClientFrame.Unsubscribe(1, "kept"), Right.RECEIVE));
        for (ManageOperation each : ManageOperation.values()) {
            if (!OF_THE_BROKER.contains(each)) {
                String kind = each == ManageOperation.RESET ? "topic" : "queue";
                String of = each == ManageOperation.RESET ? "t" : "q";
                paths.add(path("manage: " + each, rig -> manage(each, kind, of), Right.MANAGE));
            }
        }
        paths.add(
                path(
                        "manage: list",
                        rig -> manage(ManageOperation.DESTINATIONS, "queue", null),
                        Right.MANAGE));
        paths.add(
                path(
                        "manage: what is unknown",
                        rig -> new ClientFrame.Manage(1, 4711, Fields.NONE),
                        Right.MANAGE));
        return paths.stream();
    }

    /** Says a frame; returns whether it was permitted. */
    private static boolean isPermitted(GuardRig rig, Path path) {
        String before = rig.state();
        ClientFrame frame = path.frame().apply(rig);
        if (frame == null) {
            return false; // it was not even let in for this
        }
        WireClient client = rig.probe();
        client.say(frame);
        BrokerFrame answer = client.hearAny();
        ErrorCode code =
                answer instanceof BrokerFrame.Failed failed
                        ? failed.code()
                        : answer instanceof BrokerFrame.Refuse refuse ? refuse.code() : null;
        client.say(new ClientFrame.Ping());
        client.hear(BrokerFrame.Pong.class); // the session goes on
        if (code == ErrorCode.NOT_PERMITTED) {
            assertEquals(before, rig.state(), "what was denied has changed something");
            assertTrue(rig.harness.events.stream().anyMatch(line -> line.startsWith("denied ")));
            return false;
        }
        assertFalse(rig.harness.events.stream().anyMatch(line -> line.startsWith("denied ")));
        return true;
    }

    @ParameterizedTest
    @MethodSource("paths")
    void isDeniedWithoutAnyRight(Path path) {
        assertFalse(isPermitted(new GuardRig(EnumSet.noneOf(Right.class)), path));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void isPermittedWithWhatItNeedsAlone(Path path) {
        assertTrue(isPermitted(new GuardRig(path.needs()), path));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void isDeniedWithAllOtherRights(Path path) {
        for (Right lacking : path.needs()) {
            assertFalse(
                    isPermitted(new GuardRig(EnumSet.complementOf(EnumSet.of(lacking))), path),
                    lacking.toString());
        }
    }

    private static void addLeaves(Class<?> of, Set<Class<?>> to) {
        if (of.isSealed()) {
            for (Class<?> each : of.getPermittedSubclasses()) {
                addLeaves(each, to);
            }
        } else {
            to.add(of);
        }
    }

    @Test
    void thereIsAVerdictForEachFrameEachSourceAndEachOperation() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        rig.probe();
        Set<Class<?>> known = new HashSet<>(HARMLESS);
        known.addAll(ELSEWHERE);
        Set<ClientFrame.Source> sources = EnumSet.noneOf(ClientFrame.Source.class);
        Set<ManageOperation> operations = EnumSet.copyOf(OF_THE_BROKER);
        paths().map(path -> path.frame().apply(rig))
                .filter(Objects::nonNull)
                .forEach(
                        frame -> {
                            known.add(frame.getClass());
                            if (frame instanceof ClientFrame.Attach attach) {
                                sources.add(attach.source());
                            }
                            if (frame instanceof ClientFrame.Manage manage
                                    && ManageOperation.of(manage.operation()) != null) {
                                operations.add(ManageOperation.of(manage.operation()));
                            }
                        });
        Set<Class<?>> leaves = new HashSet<>();
        addLeaves(ClientFrame.class, leaves);

        assertEquals(leaves, known, "a frame is judged by nobody");
        assertEquals(EnumSet.allOf(ClientFrame.Source.class), sources);
        assertEquals(EnumSet.allOf(ManageOperation.class), operations);
    }

    @Test
    void temporaryDestinationsAreMadeByThoseWhoMay() {
        GuardRig rig = new GuardRig(EnumSet.allOf(Right.class));
        WireClient client = rig.probe();
        client.say(new ClientFrame.CreateTemporary(1, DestinationKind.TEMPORARY_QUEUE));
        BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
        assertEquals(ErrorCode.NOT_PERMITTED, failed.code());
        assertTrue(failed.detail().contains("security.temporary"), failed.detail());

        rig.temporary("boss,only");
        client.say(new ClientFrame.CreateTemporary(2, DestinationKind.TEMPORARY_QUEUE));
        client.hear(BrokerFrame.Resolved.class);
    }

    @Test
    void whatIsDeniedInATransactionDoomsItAndNothingElse() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        WireClient client = rig.probe();
        client.say(rig.send(7));
        client.hear(BrokerFrame.Refuse.class);

        client.say(new ClientFrame.Commit(2, 7));

        BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
        assertEquals(ErrorCode.TRANSACTION_DOOMED, failed.code());
        assertTrue(failed.detail().contains("may not send to queue q"), failed.detail());
        assertEquals(2, rig.depth("q"));
    }

    @Test
    void otherPermissionsCountFromTheNextSendOn() {
        GuardRig rig = new GuardRig(EnumSet.of(Right.SEND));
        WireClient client = rig.probe();
        client.say(rig.send(0));
        client.hear(BrokerFrame.Confirm.class);

        rig.grant(Right.SEND, "q", false);
        client.say(rig.send(0));
        BrokerFrame.Refuse refused = client.hear(BrokerFrame.Refuse.class);
        assertEquals(ErrorCode.NOT_PERMITTED, refused.code());
        assertTrue(refused.detail().contains("queue.q.permissions.send"), refused.detail());

        rig.grant(Right.SEND, "q", true);
        client.say(rig.send(0));
        client.hear(BrokerFrame.Confirm.class);
        assertEquals(4, rig.depth("q"));
    }

    @Test
    void whoLosesARightIsDeliveredNothingMoreWithinATick() {
        GuardRig rig = new GuardRig(EnumSet.allOf(Right.class));
        WireClient client = rig.probe();
        client.attach(1, DestinationKind.QUEUE, "q");
        client.attach(2, ClientFrame.Source.BROWSER, DestinationKind.QUEUE, "parked");
        client.attach(3, DestinationKind.TOPIC, "t");
        client.credit(1, 1);
        BrokerFrame.Deliver first = client.hear(BrokerFrame.Deliver.class);
        client.credit(1, 10);
        client.hear(BrokerFrame.Deliver.class);

        rig.grant(Right.RECEIVE, "q", false);
        rig.grant(Right.BROWSE, "parked", false);
        rig.harness.pass(10);

        for (int id : new int[] {1, 2}) {
            BrokerFrame.ConsumerClosed closed = client.hear(BrokerFrame.ConsumerClosed.class);
            assertEquals(id, closed.consumerId());
            assertEquals(ErrorCode.NOT_PERMITTED, closed.code());
        }
        client.accept(first); // what it holds it may still settle
        client.credit(1, 10);
        rig.sendAsBoss("three");
        client.say(new ClientFrame.Ping());
        client.hear(BrokerFrame.Pong.class);
        client.say(new ClientFrame.Detach(9, 3)); // that of the topic has gone on
        client.hear(BrokerFrame.Done.class);
        assertTrue(
                rig.harness.events.contains("denied 2 Detach receive queue q"),
                rig.harness.events.toString());
    }

    @Test
    void aSubscriptionOfAnotherTopicIsNotReplacedByWhoMayNotReceiveFromThat() {
        GuardRig rig = new GuardRig(EnumSet.of(Right.RECEIVE, Right.CREATE));
        rig.grantTopic(Right.RECEIVE, "t", false);
        WireClient client = rig.probe();

        client.say(
                attach(ClientFrame.Source.DURABLE, DestinationKind.TOPIC, "other", "kept", null));

        BrokerFrame.Failed failed = client.hear(BrokerFrame.Failed.class);
        assertEquals(ErrorCode.NOT_PERMITTED, failed.code());
        assertFalse(failed.detail().contains("topic t"), failed.detail());
        assertTrue(rig.state().contains("kept"), rig.state());
    }

    @Test
    void listsShowWhatMayBeManaged() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        rig.grant(Right.MANAGE, "DLQ.#", true);
        WireClient client = rig.probe();

        client.say(manage(ManageOperation.DESTINATIONS, "queue", null));

        List<Fields> rows = client.hear(BrokerFrame.Managed.class).rows();
        assertEquals(List.of("DLQ.q"), rows.stream().map(row -> row.text("name")).toList());
    }

    @Test
    void deadLettersGoBackWhereTheUserMayManage() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        rig.grant(Right.MANAGE, "DLQ.#", true);
        rig.bury("q");
        WireClient client = rig.probe();
        Fields of = new Fields.Builder().put("kind", "queue").put("name", "DLQ.q").build();

        client.say(new ClientFrame.Manage(1, ManageOperation.RETRY.number(), of));
        Fields outcome = client.hear(BrokerFrame.Managed.class).rows().get(0);
        assertEquals(0, outcome.number("done", -1));
        assertTrue(outcome.text("why").contains("q, which the user may not manage"));

        rig.grant(Right.MANAGE, "q", true);
        client.say(new ClientFrame.Manage(2, ManageOperation.RETRY.number(), of));
        outcome = client.hear(BrokerFrame.Managed.class).rows().get(0);
        assertEquals(1, outcome.number("done", -1));
    }

    @Test
    void aTemporaryDestinationIsSentToByWhoKnowsItsName() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        BrokerFrame.Resolved reply = rig.bossesTemporary();
        WireClient client = rig.probe();

        client.say(rig.sendTo(reply.partition(), 0)); // a number can be guessed
        assertEquals(ErrorCode.NO_SUCH_DESTINATION, client.hear(BrokerFrame.Refuse.class).code());

        client.resolve(DestinationKind.TEMPORARY_QUEUE, reply.name());
        client.say(rig.sendTo(reply.partition(), 0));
        client.hear(BrokerFrame.Confirm.class);
        client.say(
                attach(
                        ClientFrame.Source.QUEUE,
                        DestinationKind.TEMPORARY_QUEUE,
                        reply.name(),
                        null,
                        null));
        assertEquals(
                ErrorCode.NOT_OWNER_OF_TEMPORARY, client.hear(BrokerFrame.Failed.class).code());
        client.say(manage(ManageOperation.PURGE, "queue", reply.name()));
        assertEquals(ErrorCode.NOT_PERMITTED, client.hear(BrokerFrame.Failed.class).code());
    }

    @Test
    void clientIdsThatAreBoundToUsersAreNobodyElses() {
        GuardRig rig = new GuardRig(EnumSet.allOf(Right.class));
        rig.ownClientIds();
        for (String own : List.of("probe", "probe:", "probe:2")) {
            rig.connect("probe", own).goodbye();
        }
        for (String others : List.of("boss", "probes", "boss:probe", "Probe", ":")) {
            assertEquals(ErrorCode.NOT_PERMITTED, rig.refusal("probe", others), "as " + others);
        }
    }
}
