// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

/**
 * The reference page of the broker's configuration, generated from its declarations. {@code
 * docs/configuration.md} must equal it; a test says so.
 */
public final class ConfigReference {
    private static final String POLICIES =
            """

            ## Policies

            What holds for some queues and topics only is written `queue.`, `topic.` or, for both,
            `destination.`, then a pattern of names, a dot and the key:

            ```
            redelivery.deliveriesMax = 5
            queue.orders.#.redelivery.delayMs = 1s
            queue.orders.#.redelivery.delayFactor = 2
            queue.orders.express.redelivery.delayMs = 100ms
            destination.prices.*.expiry.queue = EXPIRED
            destination.#.destinations.createOnUse = false
            permissions.send = none
            queue.orders.#.permissions.send = traders, user:billing
            ```

            A pattern consists of words with dots between them. `*` stands for any one word; `#` or
            `>`, as the last one, for any number of words, also none: `orders.#` matches `orders`,
            `orders.eu` and `orders.eu.open`. (In a URL `#` is written `%23`; in a properties file a
            colon, an equals sign or a space in a name has a backslash before it.)

            Each key has the value of the most specific pattern that matches the name and sets it;
            what no pattern sets is as the key alone says, or its default. Of two patterns that match,
            the first word from the left in which they differ decides: a word itself is more specific
            than `*`, and `*` more than `#`. Where the words are the same, `queue.` and `topic.` are
            more specific than `destination.`.

            After the n-th failed delivery a message waits for redelivery.delayMs times
            redelivery.delayFactor to the power of n - 1, at most redelivery.delayMaxMs. One that its
            consumer can't read goes to the dead-letter queue at once. What a lost connection held has
            not failed: it comes again at once, flagged, and does not count, but for what was received
            in an open transaction, which is rolled back: from its second delivery on at the latest.

            Dead letters and expired messages keep their id, what the sender has set, and lose
            expiration and delivery time. Properties say where they are from: JMS_TAFFRAIL_ORIGIN (the
            name), JMS_TAFFRAIL_ORIGIN_KIND (queue or topic), JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION,
            JMS_TAFFRAIL_ORIGIN_OFFSET, JMS_TAFFRAIL_ORIGIN_EXPIRATION, JMS_TAFFRAIL_DEATH_REASON,
            JMS_TAFFRAIL_DEATH_COUNT (of failed deliveries) and JMS_TAFFRAIL_DEATH_TIME. Only the broker
            can set them: an application that sends such a message on sends it without. A message is
            moved once at most: a queue whose name one of the settings of redelivery.deadLetterQueue
            and expiry.queue could have made, with any text for `{name}`, has neither, whatever is set
            for it, and temporary destinations have neither. The queues are made with their first
            message, also where destinations.createOnUse is false.

            Another configuration holds from the next start of the broker, but for the keys marked
            *live*. A message that waits by then comes when it was to.

            | here | ActiveMQ | Artemis | IBM MQ |
            | --- | --- | --- | --- |
            | `redelivery.deliveriesMax` | `maximumRedeliveries` + 1 | `max-delivery-attempts` | `BOTHRESH` |
            | `redelivery.deliveriesMax=0` | `maximumRedeliveries=-1` | `max-delivery-attempts=-1` | `BOTHRESH(0)` |
            | `redelivery.delayMs` | `initialRedeliveryDelay` | `redelivery-delay` | |
            | `redelivery.delayFactor` | `backOffMultiplier` | `redelivery-delay-multiplier` | |
            | `redelivery.delayMaxMs` | `maximumRedeliveryDelay` | `max-redelivery-delay` | |
            | `redelivery.deadLetterQueue` | `deadLetterStrategy` | `dead-letter-address` | `BOQNAME` |
            | `expiry.queue` | `deadLetterStrategy` | `expiry-address` | |
            | `destinations.createOnUse` | | `auto-create-queues` | |
            | `destinations.queues` | `destinations` | `addresses` | `DEFINE QLOCAL` |

            ## Destinations that are declared

            In production destinations are mostly made by who runs the broker, so that a typing error in
            an application makes no queue that nobody reads:

            ```
            destination.#.destinations.createOnUse = false
            destinations.queues = orders, invoices, payments.eu
            destinations.topics = prices, \\
                news.sport
            ```

            They are made at each start where they are missing, with a line in the log for each
            (`event=destination_declared`); what is there is left alone, and a name that is taken out of
            the list deletes nothing: `taffrail queue delete` does. One that was deleted while it stands in
            the list is made again by the next start. A name can't contain a comma here; such a
            destination, and one that is needed at once, is made with `taffrail queue create`.

            ## Changes

            Another configuration holds from the next start of the broker. A message that waits by
            then comes when it was to.
            """;

    private ConfigReference() {}

    /**
     * Writes the page.
     *
     * @return Markdown, lines ended by a line feed
     */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Configuration of the broker

                <!-- Generated from org.taffrail.broker.config.BrokerKeys; see BrokerConfigTest. -->

                A key is set, each way counting more than those before it,

                1. in the file named by `--config`, a properties file in UTF-8 in which no key stands twice;
                2. in the environment: `TAFFRAIL_` and the key in upper case with an underscore for each
                   dot, `TAFFRAIL_JOURNAL_SEGMENTBYTES` for `journal.segmentBytes`. Policies by pattern
                   can't be set so;
                3. with `--set key=value` on the command line, where `data`, `host`, `port` and
                   `durability` are options of their own.

                A key that is not known, a variable that begins with `TAFFRAIL_` and stands for none, or a
                value that is not allowed keeps the broker from starting, and the nearest name is told.
                `taffrail config check --config FILE` says all mistakes at once, each with its line, and
                also looks at the files that are named; `taffrail config show` says which value each key
                has, and where it is from.

                An embedded broker is told behind the question mark of `taffrail:embedded?dir=...`, and
                nowhere else; the keys marked *server* mean nothing there.

                The keys marked *by destination* may be set for some queues and topics only, see
                [policies](#policies). The file is looked at every ten seconds: the keys marked *live*
                count as soon as they are changed there, others from the next start on, which the log says.

                Sizes may be typed as `64MiB` (KiB, MiB, GiB), times as `30s` (ms, s, min, h, d); a plain
                number counts bytes or milliseconds.

                Without a users file a client is let in without a user, and under any user it names,
                whose password is not looked at. With one (`security.usersFile`) a user must be in it and
                the password right. Who may do what with which queue or topic is a matter of the keys
                `permissions.…`, how to protect a broker that of [security.md](security.md).

                | key | default | allowed | meaning |
                | --- | --- | --- | --- |
                """);
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            page.append("| `").append(key.name()).append("` | ");
            String value = key.show(key.defaultValue());
            page.append(key.defaultValue() == null ? value : "`" + value + "`");
            page.append(" | ").append(key.bounds()).append(" | ");
            page.append(key.serverOnly() ? "*server:* " : "");
            page.append(key.perDestination() ? "*by destination:* " : "");
            page.append(key.isLive() ? "*live:* " : "");
            page.append(key.doc()).append(" |\n");
        }
        return page.append(POLICIES).toString();
    }
}
