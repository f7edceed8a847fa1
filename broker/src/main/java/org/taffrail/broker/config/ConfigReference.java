// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

/**
 * The reference page of the broker's configuration, generated from its declarations. {@code
 * docs/configuration.md} must equal it; a test says so.
 */
public final class ConfigReference {
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

                A key is set in the file named by `--config` (a properties file in UTF-8), with
                `--set key=value` on the command line, which counts more, or behind the question mark of
                `taffrail:embedded?dir=...`, where the keys marked *server* mean nothing. `data`, `host`,
                `port` and `durability` are options of the command line of their own. A key that is not
                known, or a value that is not allowed, keeps the broker from starting.

                The keys marked *by destination* may be set for some queues and topics only: write
                `queue.`, `topic.` or, for both, `destination.`, a pattern of names, a dot and the key,
                such as `queue.orders.*.redelivery.delayMs=5s`. A pattern consists of words with dots
                between them; `*` stands for any one word, and `#` or `>` as the last one for any number
                of words, also none: `orders.#` matches `orders`, `orders.eu` and `orders.eu.open`. (In a
                URL `#` is written `%23`.)
                Each key has the value of the most specific pattern that matches the name and sets it:
                from the left, the first word in which two patterns differ decides, where a word itself
                counts more than `*`, and `*` more than `#`; with equal words `queue.` and `topic.` count
                more than `destination.`. What no pattern sets is as the key without a pattern says. So
                `queue.#.redelivery.deliveriesMax=0` lets failed messages of every queue come again
                without end and only counts, and `queue.orders.#.redelivery.deliveriesMax=3` beside it
                makes dead letters of those of `orders`.

                A queue whose name one of the settings of `redelivery.deadLetterQueue` or `expiry.queue`
                could have made (with any text for `{name}`) has neither itself, whatever is set for it,
                and temporary destinations have neither: a message is moved once at most. A
                dead-letter or expiry queue is made with its first message, also where
                `destinations.createOnUse` is false. A message that waits already when the broker starts
                with another delay comes again when it was to.

                Sizes may be typed as `64MiB` (KiB, MiB, GiB), times as `30s` (ms, s, min, h); a plain
                number counts bytes or milliseconds.

                Without a users file a client is let in without a user, and under any user it names,
                whose password is not looked at. With one (`security.usersFile`) a user must be in it and
                the password right. A user may do everything, and nothing is encrypted yet: open the
                port to a network only where everybody on it may read what crosses it.

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
            page.append(key.doc()).append(" |\n");
        }
        return page.toString();
    }
}
