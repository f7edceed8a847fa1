// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands under {@code taffrail} in an application's configuration. */
@ConfigurationProperties("taffrail")
public class TaffrailProperties {
    /** URL of the broker, or of several for reconnecting; with options, if wanted. */
    private String brokerUrl = "taffrail://127.0.0.1:61700";

    /** User who connects. */
    private String user;

    /** Password of the user. */
    private String password;

    /** Client id of every connection. Only one connection at a time can have it. */
    private String clientId;

    /** Connection options by their names in a URL, such as jms.prefetch; they win over the URL. */
    private final Map<String, String> options = new LinkedHashMap<>();

    @NestedConfigurationProperty
    private final TaffrailPoolProperties pool = new TaffrailPoolProperties();

    private final Ssl ssl = new Ssl();

    private final Embedded embedded = new Embedded();

    /** Makes the defaults. */
    public TaffrailProperties() {}

    /** {@return where the broker is} */
    public String getBrokerUrl() {
        return brokerUrl;
    }

    /**
     * Sets where the broker is.
     *
     * @param brokerUrl a URL
     */
    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl = brokerUrl;
    }

    /** {@return how connections are encrypted} */
    public Ssl getSsl() {
        return ssl;
    }

    /** {@return who connects, or null} */
    public String getUser() {
        return user;
    }

    /**
     * Sets who connects.
     *
     * @param user a user or null
     */
    public void setUser(String user) {
        this.user = user;
    }

    /** {@return the user's password, or null} */
    public String getPassword() {
        return password;
    }

    /**
     * Sets the user's password.
     *
     * @param password the password or null
     */
    public void setPassword(String password) {
        this.password = password;
    }

    /** {@return the client id of every connection, or null} */
    public String getClientId() {
        return clientId;
    }

    /**
     * Sets the client id of every connection.
     *
     * @param clientId the client id or null
     */
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    /** {@return connection options, to be changed in place} */
    public Map<String, String> getOptions() {
        return options;
    }

    /** {@return how connections are pooled} */
    public TaffrailPoolProperties getPool() {
        return pool;
    }

    /** {@return the broker in the application's own JVM} */
    public Embedded getEmbedded() {
        return embedded;
    }

    /** A broker in the application's own JVM. */
    public static class Embedded {
        /**
         * Whether the broker runs in this JVM, and broker-url is not used. Needs taffrail-broker.
         */
        private boolean enabled;

        /**
         * Folder of its logs. Without one it keeps everything in memory, and ends with the context.
         */
        private Path dataDirectory;

        /** Further keys of the broker's configuration. */
        private final Map<String, String> options = new LinkedHashMap<>();

        /** Makes the defaults. */
        public Embedded() {}

        /** {@return whether there is one} */
        public boolean isEnabled() {
            return enabled;
        }

        /**
         * Sets whether there is one.
         *
         * @param enabled true if so
         */
        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        /** {@return the folder of its logs, or null} */
        public Path getDataDirectory() {
            return dataDirectory;
        }

        /**
         * Sets the folder of its logs.
         *
         * @param dataDirectory a folder that only one broker uses, or null
         */
        public void setDataDirectory(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        /** {@return keys of the broker's configuration, to be changed in place} */
        public Map<String, String> getOptions() {
            return options;
        }
    }

    /** How connections are encrypted. */
    public static class Ssl {
        /** Whether they are. If not set: where a bundle is named, or the URL says taffrails://. */
        private Boolean enabled;

        /** Name of the SSL bundle with keys and trust. */
        private String bundle;

        /** Makes the defaults. */
        public Ssl() {}

        /** {@return whether connections are encrypted; null if that was not said} */
        public Boolean getEnabled() {
            return enabled;
        }

        /**
         * Sets whether connections are encrypted.
         *
         * @param enabled true, false or null
         */
        public void setEnabled(Boolean enabled) {
            this.enabled = enabled;
        }

        /** {@return the bundle's name, or null} */
        public String getBundle() {
            return bundle;
        }

        /**
         * Sets which bundle has keys and trust.
         *
         * @param bundle its name, or null
         */
        public void setBundle(String bundle) {
            this.bundle = bundle;
        }
    }
}
