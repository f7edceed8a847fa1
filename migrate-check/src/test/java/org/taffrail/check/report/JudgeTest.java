// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class JudgeTest {
    private static final Path DOCS = Path.of(System.getProperty("taffrail.root"), "docs");
    private static final String CLASSIC = "ActiveMQ\t6.3.1\t3.1";
    private static final String ARTEMIS = "ActiveMQ\t2.56.0\t3.1";
    private static final String IBM = "IBM MQ JMS Provider\t9.4.0.0\t3.1";

    private final Recorder recorder = new Recorder();

    private static String provider(String name) {
        return switch (name) {
            case "classic" -> CLASSIC;
            case "artemis" -> ARTEMIS;
            case "ibm" -> IBM;
            default -> "Something\t1\t2.0";
        };
    }

    /** The one judgement that is not "works" for something plain, or else the first. */
    private Judgement judgement() {
        List<Judgement> all = Runs.judged(recorder);
        assertTrue(!all.isEmpty(), "nothing was judged");
        return all.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        classic | TOPIC | prices.>                            | NOT     | wildcard
        classic | QUEUE | orders.*                            | NOT     | wildcard
        artemis | TOPIC | prices.#                            | NOT     | wildcard
        ibm     | TOPIC | topic://sport/+/results             | NOT     | wildcard
        other   | TOPIC | a.b*c                               | WORKS   | plain
        classic | QUEUE | a,b                                 | NOT     | several destinations
        artemis | QUEUE | a,b                                 | WORKS   | plain
        classic | QUEUE | orders?consumer.prefetchSize=10     | SETTING | orders?consumer.prefetch=10
        classic | QUEUE | orders?consumer.exclusive=true      | WORKS   | option consumer.exclusive
        classic | QUEUE | orders?consumer.priority=9          | NOT     | option consumer.priority
        classic | TOPIC | prices?consumer.retroactive=true    | SETTING | prices?start=earliest
        classic | QUEUE | o?consumer.dispatchAsync=true       | SETTING | session.createQueue("o")
        artemis | QUEUE | o?exclusive=true                    | SETTING | o?consumer.exclusive=true
        artemis | QUEUE | o?last-value=true                   | NOT     | option last-value
        classic | QUEUE | Consumer.A.VirtualTopic.Orders      | SETTING | createSharedDurableConsumer(session.createTopic("VirtualTopic.Orders"), "A")
        classic | TOPIC | VirtualTopic.Orders                 | WORKS   | virtual topic
        classic | TOPIC | ActiveMQ.Advisory.Connection        | NOT     | advisory
        artemis | QUEUE | orders::orders                      | SETTING | session.createQueue("orders")
        artemis | QUEUE | prices::mine                        | SETTING | createSharedDurableConsumer(session.createTopic("prices"), "mine")
        classic | QUEUE | std::vector                         | WORKS   | plain
        ibm     | QUEUE | queue:///DEV.Q?targetClient=1       | NOT     | targetClient
        ibm     | QUEUE | queue:///DEV.Q?persistence=1        | SETTING | NON_PERSISTENT
        ibm     | QUEUE | queue:///DEV.Q                      | SETTING | session.createQueue("DEV.Q")
        ibm     | QUEUE | queue://QM1/DEV.Q                   | SETTING | session.createQueue("DEV.Q")
        ibm     | QUEUE | DEV.Q                               | WORKS   | plain
        classic | QUEUE | queue://orders                      | SETTING | session.createQueue("orders")
        """)
    void judgesNamesOfDestinations(
            String provider, DestinationKind kind, String name, Verdict verdict, String says) {
        // given
        recorder.used(Feature.PROVIDER, provider(provider));
        recorder.destination(kind, name);

        // when
        Judgement judgement = judgement();

        // then
        assertEquals(verdict, judgement.verdict(), judgement::toString);
        assertTrue(
                (judgement.what() + "\n" + judgement.line()).contains(says), judgement::toString);
    }

    @Test
    void sendingToOneQueueOfAnAddressDoesNotWork() {
        recorder.used(Feature.PROVIDER, ARTEMIS);
        recorder.destination(DestinationKind.QUEUE, "prices::mine").sent(BodyKind.TEXT, 1);
        assertEquals(Verdict.NOT, judgement().verdict());
    }

    @Test
    void whatIbmCallsAQueueThatTheCodeNamesPlainlyIsThatQueue() {
        recorder.used(Feature.PROVIDER, IBM);
        recorder.destination(DestinationKind.QUEUE, "DEV.Q");
        recorder.destination(DestinationKind.QUEUE, "queue:///DEV.Q").sent(BodyKind.TEXT, 1);
        assertEquals(Verdict.WORKS, judgement().verdict());
    }

    @Test
    void whoReadsTheProvidersDeadLettersNeedsALineForTheBroker() {
        recorder.used(Feature.PROVIDER, CLASSIC);
        recorder.destination(DestinationKind.QUEUE, "ActiveMQ.DLQ").consumer();
        assertEquals("redelivery.deadLetterQueue = ActiveMQ.DLQ", judgement().line());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        AMQ_SCHEDULED_DELAY  | java.lang.Long    | SETTING
        AMQ_SCHEDULED_CRON   | java.lang.String  | NOT
        AMQ_SCHEDULED_REPEAT | java.lang.Integer | NOT
        _AMQ_SCHED_DELIVERY  | java.lang.Long    | SETTING
        _AMQ_LVQ_NAME        | java.lang.String  | NOT
        _AMQ_DUPL_ID         | java.lang.String  | NOT
        _AMQ_GROUP_ID        | java.lang.String  | SETTING
        JMS_IBM_Retain       | java.lang.Integer | NOT
        JMS_IBM_Report_COA   | java.lang.Integer | NOT
        JMS_IBM_Format       | java.lang.String  | LOOK
        JMSXUserID           | java.lang.String  | SETTING
        JMSXGroupID          | java.lang.String  | WORKS
        JMSXGroupSeq         | java.lang.Integer | WORKS
        JMSXGroupSeq         | java.lang.String  | NOT
        region               | java.lang.String  | WORKS
        content-type         | java.lang.String  | NOT
        order                | java.util.HashMap | NOT
        between              | java.lang.String  | NOT
        """)
    void judgesPropertiesThatAreSent(String name, String type, Verdict verdict) {
        recorder.used(Feature.PROPERTY_SENT, name + "\t" + type);
        assertEquals(verdict, judgement().verdict(), () -> judgement().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "JMSXGroupFirstForConsumer, LOOK",
        "JMS_IBM_PutApplType, LOOK",
        "JMSXUserID, LOOK",
        "JMSXAppID, LOOK",
        "_AMQ_ROUTING_TYPE, LOOK"
    })
    void whoReadsWhatTheProviderSetsCanNotBeSeen(String name, Verdict verdict) {
        recorder.used(Feature.PROPERTY_RECEIVED, name);
        assertEquals(verdict, judgement().verdict());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
        region = 'eu' AND JMSPriority > 4  | WORKS
        XPATH '/a/b'                       | NOT
        convert_string_expressions:a > 1   | NOT
        a = = 1                            | NOT
        JMS_IBM_Format = 'MQSTR'           | NOT
        AMQPriority > 3                    | NOT
        note = 'AMQPriority'               | WORKS
        JMSXUserID = 'joe'                 | SETTING
        """)
    void judgesSelectorsAsTheBrokerReadsThem(String selector, Verdict verdict) {
        recorder.used(Feature.SELECTOR, selector);
        assertEquals(verdict, judgement().verdict(), () -> judgement().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "auto, WORKS",
        "client, WORKS",
        "dups-ok, WORKS",
        "transacted, WORKS",
        "xa, WORKS",
        "mode 4, NOT",
        "mode 100, NOT",
        "mode 101, NOT",
        "mode 77, NOT"
    })
    void judgesSessionModes(String mode, Verdict verdict) {
        recorder.used(Feature.SESSION, mode);
        assertEquals(verdict, judgement().verdict());
    }

    @Test
    void whatIsForApplicationServersDoesNotWork() {
        recorder.used(Feature.CONNECTION_CONSUMER, "createConnectionConsumer");
        recorder.used(Feature.SESSION_LISTENER);
        recorder.used(Feature.LISTENER_IN_XA);
        assertEquals(
                Set.of(Verdict.NOT),
                Runs.judged(recorder).stream().map(Judgement::verdict).collect(Collectors.toSet()));
    }

    @Test
    void largeMessagesNeedALimit() {
        DestinationUse scans = recorder.destination(DestinationKind.QUEUE, "scans");
        scans.sent(BodyKind.TEXT, 64L << 20);
        assertEquals(0, Runs.report(recorder).count(Verdict.SETTING));
        scans.sent(BodyKind.TEXT, 100L << 20);
        assertEquals("limits.messageBytesMax = 150MiB", judgement().line());
        scans.sent(BodyKind.TEXT, 900L << 20);
        assertEquals("limits.messageBytesMax = 1024MiB", judgement().line());
        scans.sent(BodyKind.TEXT, 2000L << 20);
        assertEquals(Verdict.NOT, judgement().verdict());
    }

    @Test
    void objectsNeedTheirClassesAllowed() {
        recorder.used(Feature.OBJECT_SENT, "com.acme.Order");
        recorder.used(Feature.OBJECT_SENT, "java.util.ArrayList");
        recorder.used(Feature.OBJECT_REACHES, "com.acme.Line");
        assertEquals(
                "taffrail://localhost:61700?jms.deserializationAllowList="
                        + "com.acme.Line,com.acme.Order",
                judgement().line());
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "11.0.2, 11", "17, 17", "21-ea, 21", "25.0.1, 25"})
    void readsVersionsOfJava(String version, int major) {
        assertEquals(major, SessionRules.major(version));
    }

    @Test
    void makesTheLinesForJndi() {
        recorder.used(Feature.PROVIDER, IBM);
        recorder.used(Feature.JNDI_FACTORY, "jms/CF");
        recorder.used(Feature.JNDI_QUEUE, "jms/My Orders\tqueue:///ORDERS");
        recorder.used(Feature.OBJECT_SENT, "com.acme.Order");
        assertEquals(
                List.of(
                        "java.naming.factory.initial="
                                + "org.taffrail.jms.jndi.TaffrailInitialContextFactory",
                        "connectionFactory.jms/CF=taffrail://localhost:61700"
                                + "?jms.deserializationAllowList=com.acme.Order",
                        "queue.jms/My\\ Orders=ORDERS"),
                JndiLines.of(Runs.of(recorder)));
    }

    @Test
    void namesOnlyOptionsAndKeysThatThereAre() throws IOException {
        String options = Files.readString(DOCS.resolve("options.md"));
        for (String option : DestinationOption.OWN) {
            assertTrue(options.contains("| `" + option + "` |"), option);
        }
        for (String option :
                List.of(
                        "jms.deserializationAllowList",
                        "jms.populateJMSXUserID",
                        "jms.applicationID",
                        "jms.populateJMSXRcvTimestamp",
                        "jms.clientID",
                        "jms.prefetch")) {
            assertTrue(options.contains("| `" + option + "`"), option);
        }
        String keys = Files.readString(DOCS.resolve("configuration.md"));
        for (String row :
                List.of(
                        "`limits.messageBytesMax` | `64MiB` | 1KiB to 1GiB",
                        "`limits.nameBytesMax` | `1KiB` | 16B to 4KiB",
                        "`limits.messageGroupsMax` | `10000`",
                        "`redelivery.deliveriesMax` | `10`",
                        "`redelivery.delayMs` |",
                        "`redelivery.deadLetterQueue` | `DLQ.{name}`",
                        "`expiry.queue` |",
                        "`retention.timeMs` |",
                        "`memory.temporaryBytesMax` | `64MiB`",
                        "`security.usersFile` |")) {
            assertTrue(keys.contains("| " + row), row);
        }
    }
}
