// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context of which nothing is used but the engines that it makes: those of the broker's own port,
 * with its files as they are when a connection comes.
 */
final class EngineContext extends SSLContext {
    EngineContext(Supplier<SSLEngine> engines) {
        super(new Engines(engines), null, "TLS");
    }

    private static final class Engines extends SSLContextSpi {
        private final Supplier<SSLEngine> engines;

        Engines(Supplier<SSLEngine> engines) {
            this.engines = engines;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return engines.get();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engines.get();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it has its keys");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException("engines only");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException("engines only");
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return null;
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return null;
        }
    }
}
