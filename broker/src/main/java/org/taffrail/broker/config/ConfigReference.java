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
            page.append(key.serverOnly() ? "*server:* " : "").append(key.doc()).append(" |\n");
        }
        return page.toString();
    }
}
