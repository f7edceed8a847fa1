// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

/**
 * The reference page of all connection options, generated from their declarations. {@code
 * docs/options.md} must equal it; a test says so.
 */
public final class OptionReference {
    private OptionReference() {}

    /**
     * Writes the page.
     *
     * @return Markdown, lines ended by a line feed
     */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Connection options

                <!-- Generated from org.taffrail.link.ConnectionOptions; see ConnectionOptionsTest. -->

                Options stand behind the question mark of a connection URL, as in
                `taffrail://broker.example:61700?jms.username=app&jms.prefetch=50`. Values are
                percent-encoded. An unknown option, one given twice or a value out of bounds is an error.
                With `taffrail:embedded?dir=...` the options marked *remote* are errors too, and every
                other option is the embedded broker's.

                A connection is made again after a loss only where the URL asks for it:

                - `failover:(taffrail://a:61700,taffrail://b:61700)?jms.prefetch=50`, also with a single
                  broker, and also without the parentheses
                - `taffrail://a:61700,taffrail://b:61700` or `taffrail://a:61700,b:61700`, which is the same

                There may be 64 brokers, each once, and none of them embedded. A broker in parentheses may
                have *remote* options of its own, `failover:(taffrail://a?heartbeatMs=5000,taffrail://b)`;
                all other options stand behind the closing parenthesis and hold for every broker. There
                the options marked *failover* are understood without `failover.` too, and
                `failover.nested.` or `nested.` before any other option means the option itself. With
                other URLs the options marked *failover* are errors.

                Every option is a property of the bean `TaffrailConnectionFactory` as well, named by the last part of
                its name (`setPrefetch(50)`, `setMaxReconnectAttempts(3)`; `jms.username` is `user`). Properties win over
                the URL, in whatever order both are set.

                | option | default | allowed | meaning |
                | --- | --- | --- | --- |
                """);
        for (ConnectionOption<?> option : ConnectionOptions.ALL) {
            page.append("| `").append(option.name()).append('`');
            option.aliases().forEach(alias -> page.append("<br>also `").append(alias).append('`'));
            page.append(" | ").append(defaultValue(option));
            page.append(" | ").append(option.bounds());
            page.append(" | ").append(option.remoteOnly() ? "*remote:* " : "");
            page.append(option.failoverOnly() ? "*failover:* " : "").append(option.doc());
            page.append(" |\n");
        }
        page.append(
                """

                ## Destination options

                They stand behind the question mark of a destination's name, for the consumers that are
                made with it: `session.createQueue("orders?consumer.exclusive=true")`. An unknown one is
                an error when a consumer is made, and as early as in JNDI where the name stands there.

                | option | default | allowed | meaning |
                | --- | --- | --- | --- |
                | `consumer.prefetch` | `jms.prefetch` | as there | How many messages the broker may send to the consumer ahead of its asking. |
                | `consumer.prefetchBytes` | `jms.prefetchBytes` | as there | How many bytes of messages it may send ahead. |
                | `consumer.exclusive` | `false` | true or false | The consumer wants the queue (or shared subscription) for itself: the first such consumer gets all messages, and the others none, until it ends; then the next one takes over. What it still holds when it ends comes first. |
                | `consumer.position` | `false` | true or false | Each message tells where it stands in the log, as properties: `JMS_TAFFRAIL_OFFSET`, `JMS_TAFFRAIL_APPEND_TIME` (ms since 1970) and, where that has a name, `JMS_TAFFRAIL_GROUP`, the queue or subscription. |
                | `start` | none | `earliest`, `latest`, an offset, an ISO-8601 time with its zone (`2026-11-25T08:00:00Z`), a duration back (`-PT2H`) | Where a subscription of a topic begins, when it is made by this; one that exists goes on where it is. On a queue: the consumer reads the queue again from there, beside the queue's own consumers and in the order of the log, and takes nothing from them. What was consumed is there as long as `retention.timeMs` and `retention.bytesMax` [of the broker](configuration.md) say. Producers and browsers take no notice. |

                ## In JNDI

                `java.naming.factory.initial` is `org.taffrail.jms.jndi.TaffrailInitialContextFactory` (for
                `javax.jms`: `org.taffrail.javax.jms.jndi.TaffrailInitialContextFactory`). The properties are those
                that other clients know:

                | property | what it binds |
                | --- | --- |
                | `connectionFactory.NAME=URL`, `connectionfactory.NAME=URL` | a connection factory |
                | `queue.NAME=orders`, `topic.NAME=prices` | a destination, with options or without |
                | `java.naming.provider.url=URL`, or `brokerURL=URL`, which wins | `ConnectionFactory`, `QueueConnectionFactory`, `TopicConnectionFactory` and `XAConnectionFactory`, unless something else is bound to these names |
                | `connectionFactoryNames=NAME, NAME` | factories of these names, in the place of those four |
                | `connection.NAME.PROPERTY=value` | of one of them: `brokerURL`, `userName`, `password`, `clientID`, or any option above, with or without its `jms.` |
                | `userName`, `password`, `clientID` | the same, for all of these factories |
                | `java.naming.provider.url=FILE` | what stands in that file: a path, `file:` or `classpath:` |
                | `java.naming.security.principal`, `java.naming.security.credentials` | user and password of factories that have no user |

                Without a URL and without any factory the four names stand for a broker on this machine.
                `dynamicQueues/NAME` and `queues/NAME`, `dynamicTopics/NAME` and `topics/NAME` stand for any
                destination. In values `${NAME}` and `${NAME:-default}` are replaced by the system property or else the
                environment variable of that name. What can't be used is refused when the context is made, or,
                behind `dynamicQueues/` and the like, when it is looked up.
                """);
        return page.toString();
    }

    private static String defaultValue(ConnectionOption<?> option) {
        return option.defaultValue() == null ? "none" : "`" + option.defaultValue() + "`";
    }
}
