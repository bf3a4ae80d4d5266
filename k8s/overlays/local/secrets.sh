#!/usr/bin/env bash
# Creates what the local overlay refers to and no repository may hold, from a folder with genesis.bin, keys/ and certificates/.
# Usage: secrets.sh FOLDER. Run it again to replace what changed.
set -euo pipefail
folder=${1:?usage: secrets.sh FOLDER, which holds genesis.bin, keys/ and certificates/}
members="meridian-bank alder-works greenwood-forests harbor-capital lakeside-pension"

need() {
  if [ ! -s "$1" ]; then
    echo "$1 is missing or empty: $2" >&2
    exit 1
  fi
}

need "$folder/genesis.bin" "start a network once to have one, see k8s/README.md"
need "$folder/keys/password" "it holds the password of the producer keys"
for member in $members; do
  need "$folder/keys/$member.producer.pem" "it is the key that $member seals with"
  need "$folder/certificates/$member.crt.pem" "it is the certificate of $member's silos"
  need "$folder/certificates/$member.key.pem" "it is the key of that certificate"
done

# Says what should be there, whether or not it is.
put() {
  kubectl create --namespace consortium --dry-run=client --output yaml "$@" | kubectl apply --filename -
}

kubectl create namespace consortium --dry-run=client --output yaml | kubectl apply --filename -
put configmap genesis --from-file=genesis.bin="$folder/genesis.bin"
for member in $members; do
  put secret generic "$member-keys" --from-file=producer.pem="$folder/keys/$member.producer.pem" --from-file=password="$folder/keys/password"
  put secret tls "$member-certificate" --cert="$folder/certificates/$member.crt.pem" --key="$folder/certificates/$member.key.pem"
done
# The gateways are the first member's.
put secret tls gateway-certificate --cert="$folder/certificates/meridian-bank.crt.pem" --key="$folder/certificates/meridian-bank.key.pem"

# Tokens are made once: those who have one keep it.
if ! kubectl get secret tokens --namespace consortium >/dev/null 2>&1; then
  backup=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  operator=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  put secret generic tokens --from-literal=tokens="$(printf 'backup %s\noperator %s\n' "$backup" "$operator")"
  put secret generic backup-token --from-literal=token="$backup"
fi
