// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.migrate.message.Address;
import org.taffrail.migrate.message.BodyKind;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.provider.Side;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class LinkTest {
    /** Cuts at every call take half a minute. */
    private static final int STEP =
            "full".equals(System.getProperty("taffrail.tests"))
                    ? 1
                    : Integer.getInteger("taffrail.cutStep", 5);

    @TempDir private Path state;

    private TwoBrokers brokers;

    @BeforeEach
    void open() throws JMSException {
        brokers = new TwoBrokers();
    }

    @AfterEach
    void close() throws JMSException {
        brokers.close();
    }

    private static BridgeOptions options(Path state, boolean untilEmpty, String setAside) {
        BridgeOptions.Times times = new BridgeOptions.Times(50, 120, 50, 5);
        return new BridgeOptions(state, 2, untilEmpty, setAside, false, times);
    }

    private static Route queue(String text) {
        return Route.parse(Address.Kind.QUEUE, text);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private Link drained(Route route, Side from, Side to, String setAside) {
        Link link =
                new Link(route, from, to, false, options(state, true, setAside), new Throttle(0));
        link.run();
        return link;
    }

    private Link drained(String queue) {
        return drained(queue(queue), brokers.oldSide(), brokers.newSide(), null);
    }

    @Test
    void carriesTheBacklogOfAQueueInOrderAndEnds() throws Exception {
        brokers.sendTexts("q", 100);

        Link link = drained("q");

        assertEquals(Link.State.ENDED, link.state(), link.why());
        assertEquals(numbers(100), brokers.textsOnNew("q"));
        assertEquals(List.of(), brokers.textsOnOld("q"));
        assertEquals(100, link.totals().messages());
        assertEquals(List.of(), brokers.textsOnNew("taffrail.migrate.queue.q"));
        assertEquals(List.of(), brokers.textsOnNew("taffrail.migrate.claims"));
    }

    @Test
    void keepsWholeMessagesOfEveryKind() throws Exception {
        brokers.onOld(LinkTest::sendOfEveryKind);
        List<Parcel> sent = brokers.parcelsOnOld("q");

        Link link = drained("q");

        List<Parcel> got = brokers.parcelsOnNew("q");
        assertEquals(7, got.size());
        for (int i = 0; i < got.size(); i++) {
            assertEquals(sent.get(i).id(), got.get(i).id());
            assertEquals(sent.get(i).timestampMs(), got.get(i).timestampMs());
            assertEquals(sent.get(i).expirationMs(), got.get(i).expirationMs());
            assertEquals(sent.get(i).userId(), got.get(i).userId());
            assertEquals(sent.get(i).properties(), got.get(i).properties());
            assertEquals(sent.get(i).replyTo(), got.get(i).replyTo());
            assertEquals(sent.get(i).content(), got.get(i).content());
            assertEquals(sent.get(i).whole(), got.get(i).whole());
        }
        assertEquals(
                1,
                got.stream()
                        .filter(parcel -> parcel.kind() == BodyKind.OBJECT)
                        .filter(parcel -> parcel.body() != Parcel.UNREAD)
                        .count());
        assertEquals(7, link.totals().messages());
        assertEquals(1, link.totals().repliesLost());
    }

    private static void sendOfEveryKind(Session session) throws JMSException {
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        producer.send(session.createTextMessage(null));
        Message plain = session.createMessage();
        plain.setJMSReplyTo(session.createTemporaryQueue());
        producer.send(plain);
        Message text = session.createTextMessage("\u00e4 \ud83d\ude00");
        text.setJMSCorrelationID("c");
        text.setJMSType("t");
        text.setJMSReplyTo(session.createTopic("answers"));
        text.setStringProperty("JMSXGroupID", "g");
        text.setIntProperty("JMSXGroupSeq", 3);
        text.setBooleanProperty("truth", true);
        text.setByteProperty("small", (byte) 1);
        text.setShortProperty("short", (short) 2);
        text.setLongProperty("long", 3);
        text.setFloatProperty("float", 1.5f);
        text.setDoubleProperty("double", 2.5);
        text.setStringProperty("none", null);
        producer.send(text, DeliveryMode.NON_PERSISTENT, 4, 3_600_000);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[] {1, 2, 3});
        bytes.setJMSCorrelationIDAsBytes(new byte[] {9, 8});
        producer.send(bytes);
        MapMessage map = session.createMapMessage();
        map.setChar("c", 'x');
        map.setBytes("b", new byte[] {4});
        map.setObject("null", null);
        map.setInt("i", 5);
        producer.send(map);
        StreamMessage stream = session.createStreamMessage();
        stream.writeString("s");
        stream.writeObject(null);
        stream.writeBytes(new byte[] {6});
        stream.writeDouble(7.5);
        producer.send(stream);
        producer.send(session.createObjectMessage(new ArrayList<>(List.of("a", 1))));
    }

    @Test
    void losesAndDoublesNothingWhereverAConnectionIsCut() throws Exception {
        int cuts = 0;
        for (boolean after : new boolean[] {false, true}) {
            for (boolean old : new boolean[] {false, true}) {
                cuts += carriedWhateverIsCut(null, STEP, after, old);
            }
        }
        assertTrue(cuts > 100 / STEP, cuts + " cuts");
    }

    @Test
    void losesAndDoublesNothingWhicheverCommitIsCut() throws Exception {
        int cuts = 0;
        for (boolean after : new boolean[] {false, true}) {
            for (boolean old : new boolean[] {false, true}) {
                cuts += carriedWhateverIsCut("commit", 1, after, old);
            }
        }
        assertTrue(cuts > 14, cuts + " cuts");
    }

    private int carriedWhateverIsCut(String method, int step, boolean after, boolean old)
            throws Exception {
        int count = 5;
        int cuts = 0;
        boolean reached = true;
        for (int cutAt = 1; reached; cutAt += step) {
            String queue = method + after + old + cutAt;
            brokers.sendTexts(queue, count);
            CutConnectionFactory cut =
                    new CutConnectionFactory(
                            old ? brokers.oldFactory() : brokers.newFactory(true),
                            method,
                            cutAt,
                            after);
            Side from = old ? Side.of("old", cut.factory(), false) : brokers.oldSide();
            Side to = old ? brokers.newSide() : Side.of("new", cut.factory(), true);
            Link link = drained(queue(queue), from, to, null);

            String where = "cut at call " + cutAt + " of " + method + (old ? ", old" : ", new");
            assertEquals(Link.State.ENDED, link.state(), where + ": " + link.why());
            assertEquals(numbers(count), brokers.textsOnNew(queue), where);
            assertEquals(List.of(), brokers.textsOnOld(queue), where);
            assertEquals(count, link.totals().messages(), where);
            reached = cut.calls() >= cutAt;
            cuts++;
        }
        return cuts;
    }

    @Test
    void aStoppedLinkGoesOnInTheNextRun() throws Exception {
        brokers.sendTexts("q", 10);
        BridgeOptions endless = options(state, false, null);
        Link first =
                new Link(
                        queue("q"),
                        brokers.oldSide(),
                        brokers.newSide(),
                        false,
                        endless,
                        new Throttle(0));
        Thread thread = new Thread(first);
        thread.start();
        await().until(() -> first.totals().messages() == 10);
        first.stop();
        thread.join();
        assertEquals(Link.State.STOPPED, first.state());
        brokers.onOld(
                session ->
                        session.createProducer(session.createQueue("q"))
                                .send(session.createTextMessage("10")));

        Link second = drained("q");

        assertEquals(Link.State.ENDED, second.state(), second.why());
        assertEquals(11, second.totals().messages());
        assertEquals(numbers(11), brokers.textsOnNew("q"));
    }

    @Test
    void aMessageThatCannotBeCarriedStopsTheLinkAndStaysWhereItIs() throws Exception {
        sendOneThatIsTooMuch();

        Link link = drained(queue("q"), brokers.oldSide(), narrow(), null);

        assertEquals(Link.State.FAILED, link.state());
        assertTrue(link.why().contains("too long"), link.why());
        assertEquals(List.of("0", "1", "2"), brokers.textsOnNew("q"));
        assertEquals(List.of("long", "3"), brokers.textsOnOld("q"));
    }

    @Test
    void aMessageThatCannotBeCarriedIsSetAsideWhereThatIsWanted() throws Exception {
        sendOneThatIsTooMuch();

        Link link = drained(queue("q"), brokers.oldSide(), narrow(), "aside");

        assertEquals(Link.State.ENDED, link.state(), link.why());
        assertEquals(1, link.setAside());
        assertEquals(numbers(4), brokers.textsOnNew("q"));
        assertEquals(List.of("long"), brokers.textsOnOld("aside"));
        assertEquals(List.of(), brokers.textsOnOld("q"));
    }

    private void sendOneThatIsTooMuch() throws JMSException {
        brokers.onOld(
                session -> {
                    MessageProducer producer = session.createProducer(session.createQueue("q"));
                    for (String text : List.of("0", "1", "2", "long", "3")) {
                        producer.send(session.createTextMessage(text));
                    }
                });
    }

    /** A provider that takes no text of "long". */
    private Side narrow() {
        return Side.of("new", NarrowFactory.of(brokers.newFactory(true), "long"), true);
    }

    @Test
    void refusesToCarryBackWhatAnOpenLinkBrings() throws Exception {
        brokers.sendTexts("q", 1);
        BridgeOptions endless = options(state, false, null);
        Link there =
                new Link(
                        queue("q"),
                        brokers.oldSide(),
                        brokers.newSide(),
                        false,
                        endless,
                        new Throttle(0));
        Thread thread = new Thread(there);
        thread.start();
        await().until(() -> there.totals().messages() == 1);

        BridgeOptions other = options(state.resolve("back"), true, null);
        Files.createDirectories(other.state());
        Link back =
                new Link(
                        queue("q"),
                        Side.of("new", brokers.newFactory(false), false),
                        brokers.oldSide(),
                        false,
                        other,
                        new Throttle(0));
        back.run();

        assertEquals(Link.State.FAILED, back.state());
        assertTrue(back.why().contains("circle"), back.why());
        there.stop();
        thread.join();
        assertEquals(List.of("0"), brokers.textsOnNew("q"));

        Link.end(queue("q"), brokers.oldSide(), brokers.newSide(), state);
        back =
                new Link(
                        queue("q"),
                        Side.of("new", brokers.newFactory(false), false),
                        brokers.oldSide(),
                        false,
                        other,
                        new Throttle(0));
        back.run();
        assertEquals(Link.State.ENDED, back.state(), back.why());
        assertEquals(List.of("0"), brokers.textsOnOld("q"));
    }

    @Test
    void topicsInBothDirectionsEndInNoCircle() throws Exception {
        BridgeOptions there = options(state, false, null);
        BridgeOptions back = options(state.resolve("back"), false, null);
        Files.createDirectories(back.state());
        Route topic = Route.parse(Address.Kind.TOPIC, "news");
        Side oldAsTarget = brokers.oldSide();
        List<Link> links =
                List.of(
                        new Link(
                                topic,
                                brokers.oldSide(),
                                brokers.newSide(),
                                true,
                                there,
                                new Throttle(0)),
                        new Link(
                                topic,
                                Side.of("new", brokers.newFactory(false), false),
                                oldAsTarget,
                                true,
                                back,
                                new Throttle(0)));
        List<Thread> threads = links.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        await().until(() -> links.stream().allMatch(l -> l.state() == Link.State.CARRYING));

        brokers.onOld(
                onOld ->
                        brokers.onNew(
                                onNew -> {
                                    MessageConsumer hearsOld =
                                            onOld.createConsumer(onOld.createTopic("news"));
                                    MessageConsumer hearsNew =
                                            onNew.createConsumer(onNew.createTopic("news"));
                                    onOld.createProducer(onOld.createTopic("news"))
                                            .send(onOld.createTextMessage("of old"));
                                    onNew.createProducer(onNew.createTopic("news"))
                                            .send(onNew.createTextMessage("of new"));
                                    List<String> all = List.of("of new", "of old");
                                    assertEquals(
                                            all,
                                            TwoBrokers.receiveAll(hearsOld).stream()
                                                    .sorted()
                                                    .toList());
                                    assertEquals(
                                            all,
                                            TwoBrokers.receiveAll(hearsNew).stream()
                                                    .sorted()
                                                    .toList());
                                }));
        links.forEach(Link::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void aMirrorCopiesOnceAndLeavesTheMessagesThere() throws Exception {
        brokers.sendTexts("q", 20);
        BridgeOptions once = options(state, true, null);

        mirror("q", once, brokers.newSide()).run();

        assertEquals(numbers(20), brokers.textsOnNew("q"));
        assertEquals(numbers(20), brokers.textsOnOld("q"));
    }

    @Test
    void aMirrorDoublesNothingWhereverItsConnectionIsCut() throws Exception {
        int cuts = 0;
        boolean reached = true;
        for (int cutAt = 1; reached; cutAt += STEP) {
            String queue = "q" + cutAt;
            brokers.sendTexts(queue, 5);
            CutConnectionFactory cut =
                    new CutConnectionFactory(brokers.newFactory(true), null, cutAt, cutAt % 2 == 0);
            Link link =
                    mirror(queue, options(state, true, null), Side.of("new", cut.factory(), true));

            link.run();

            assertEquals(Link.State.ENDED, link.state(), link.why());
            assertEquals(numbers(5), brokers.textsOnNew(queue), "cut at call " + cutAt);
            assertEquals(numbers(5), brokers.textsOnOld(queue), "cut at call " + cutAt);
            reached = cut.calls() >= cutAt;
            cuts++;
        }
        assertTrue(cuts > 20 / STEP, cuts + " cuts");
    }

    @Test
    void aMirrorThatGoesOnCopiesOnlyWhatIsNew() throws Exception {
        brokers.sendTexts("q", 5);
        Link link = mirror("q", options(state, false, null), brokers.newSide());
        Thread thread = new Thread(link);
        thread.start();
        await().until(() -> link.totals().messages() == 5);
        brokers.onOld(
                session ->
                        session.createProducer(session.createQueue("q"))
                                .send(session.createTextMessage("5")));
        await().until(() -> link.totals().messages() == 6);
        link.stop();
        thread.join();

        Link again = mirror("q", options(state, true, null), brokers.newSide());
        again.run();

        assertEquals(numbers(6), brokers.textsOnNew("q"));
        assertEquals(6, again.totals().messages());
    }

    private Link mirror(String queue, BridgeOptions options, Side to) {
        return new Link(queue(queue), brokers.oldSide(), to, true, options, new Throttle(0));
    }
}
